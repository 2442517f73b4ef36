#include "app/check/check_command.h"
#include "app/doctor/doctor_command.h"
#include "app/import_command.h"
#include "app/serve_command.h"
#include "app/staff_command.h"
#include "app/trial_start.h"
#include "base/command_line/command.h"
#include "bench/load/bench_command.h"
#include "runtime/private_files.h"

int main(int argc, char** argv) {
  bramble::make_files_private();
  bramble::Command app("Bramble, a marketplace platform");
  app.version("bramble " BRAMBLE_VERSION);
  app.require_command();
  int exit_code = 0;
  bramble::add_serve_command(app, exit_code);
  bramble::add_import_command(app, exit_code);
  bramble::add_staff_command(app, exit_code);
  bramble::add_check_command(app, exit_code);
  bramble::load::add_bench_command(app, exit_code);
  bramble::add_doctor_command(app, exit_code, bramble::trial_start);
  return app.parse(argc, argv).value_or(exit_code);
}
