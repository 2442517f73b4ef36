// What the machine gives a process: memory, processors, open files, a clock, ports.
#pragma once

#include <cstdint>

#include "app/doctor/finding.h"

namespace bramble::doctor {

void examine_memory(Findings& findings);
void examine_processors(Findings& findings);
void examine_open_files(Findings& findings);
void examine_clock(Findings& findings);

// Whether the servers could listen on their ports of the loopback now.
void examine_ports(Findings& findings, std::uint16_t port_base, bool with_sandbox);

}  // namespace bramble::doctor
