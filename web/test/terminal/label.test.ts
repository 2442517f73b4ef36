import { describe, expect, it } from "vitest";
import { directionOf } from "../../terminal/tasks";

const place = (address: string) => ({ pickup_point_id: "pp_1", title: "No. 31", address });

describe("the town on a label", () => {
  it("is that of the address in either language", () => {
    expect(directionOf(place("г. Москва, пр-т Строителей, д. 174"))).toBe("Москва");
    expect(directionOf(place("174 Stroiteley Ave, Moscow"))).toBe("Moscow");
    expect(directionOf(place("174 Stroiteley Ave"))).toBe("174 Stroiteley Ave");
    expect(directionOf(place(""))).toBe("No. 31");
  });
});
