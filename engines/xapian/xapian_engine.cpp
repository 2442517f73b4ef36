#include "engines/xapian/xapian_engine.h"

#include "engines/xapian/xapian_index.h"

namespace bramble {

Engine xapian_engine() {
  return {.port = "search",
          .name = "xapian",
          .settings = nullptr,
          .open = [](const EngineContext& context, Platform& platform) {
            platform.make_search = [folder = std::filesystem::path(context.data_folder) / "search",
                                    clock = platform.clock](auto) {
              return open_xapian_index(folder, *clock);
            };
          }};
}

}  // namespace bramble
