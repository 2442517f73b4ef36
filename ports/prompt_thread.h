// A thread that answers others and mostly waits (for a disk, for requests) asks the scheduler to let it run
// soon after it wakes, for short turns. Else, on a busy machine, it waits for a whole turn of somebody else
// each time: measured beside two compilers, a database's commits took 4 ms instead of 1.
#pragma once

namespace bramble {

// For the calling thread. Only a wish: a kernel that does not know it goes on as before.
void become_prompt();

}  // namespace bramble
