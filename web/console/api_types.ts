// The console's names for the types of the ops API. The types are generated from the contracts (web/README.md).
import type * as ops from "../made/api/ops";

export type Names = Record<string, string>; // what people call the things that have ids
export type Money = ops.Money;

export type FoundOrder = ops.OrdersFoundOrder;
export type OrderStatus = ops.OrdersOrderStatus;
export type OrderPage = ops.ConsoleOrderPage;
export type FoundThing = ops.ConsoleFoundThing;
export type FoundCount = ops.ConsoleFoundCount;
export type FoundPage = ops.ConsoleFoundPage;
export type Counts = ops.ConsoleCountsPage;

export type StaffAction = ops.OrdersStaffAction;
export type ActionKind = ops.OrdersStaffActionKind;

export type OrderReport = ops.OrderDossier;
export type OrderDiagnosis = ops.ConsoleVerdict;
export type OrderDetails = ops.OrdersOrderDetails;
export type HangingPage = ops.ConsoleHangingPage;
export type DeadLink = ops.ConsoleDeadLink;
export type Unit = ops.OrdersUnit;
export type MissingPart = ops.ConsoleMissingPart;

export type Attempt = ops.PaymentsAttempt;
export type Webhook = ops.PaymentsStoredWebhook;
export type LedgerEntry = ops.PaymentsLedgerEntry;
export type RefundRow = ops.PaymentsRefund;

export type HoldRow = ops.InventoryHoldRow;
export type Movement = ops.WarehouseMovement;
export type MovementsPage = ops.ConsoleMovementsPage;
export type TaskWork = ops.WarehouseTaskWork;
export type ShortRow = ops.WarehouseShortRow;
export type StockReport = ops.ConsoleStockDossier;

export type EventRow = ops.ConsoleEventRow;
export type JobRow = ops.ConsoleJobRow;
export type DeadLetter = ops.ConsoleDeadLetterRow;
export type QueueRow = ops.ConsoleQueueRow;
export type Queues = ops.ConsoleQueuesPage;
export type Health = ops.ConsoleHealthPage;
