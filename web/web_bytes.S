// The built files of web/, linked into the program as they are.
  .section .rodata
  .balign 16
  .globl bramble_web_bytes
bramble_web_bytes:
  .incbin BRAMBLE_WEB_BYTES
  .globl bramble_web_bytes_end
bramble_web_bytes_end:
  .byte 0
  .section .note.GNU-stack, "", %progbits
