import { Icon } from "../design/Icon";

export function App() {
  return (
    <main class="page">
      <h1>
        <Icon name="package" /> Bramble
      </h1>
    </main>
  );
}
