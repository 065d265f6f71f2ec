nop
yield
wfe
wfi
sev
sevl
isb
clrex
eret
svc #3
hvc #0x10
smc #0
brk #7
mov x1, #5
mov w1, #0x8000
mov x1, #-1
mov x2, #0x40000000
mov x2, #0xc40000000000
mov x3, x4
mov w3, w4
mov sp, x1
mov x1, sp
movk x1, #3
add x1, x2, x3
add w1, w2, #4
adds x1, x2, #4095
sub sp, sp, #16
subs w1, w1, #1
and x1, x2, x3
orr w1, w2, w3
eor x5, x6, x7
cmp x1, #3
cmp w1, w2
1:
b 1b
bl 1f
b.eq 1b
b.ne 1f
b.hs 1b
b.lt 1f
cbz x1, 1b
cbnz w2, 1f
tbz w1, #3, 1b
tbnz x1, #35, 1f
1:
br x3
blr x4
ret
ret x2
adr x1, 1b
ldr x1, [x2]
ldr x1, [x2, #8]
ldr w1, [x2, #4]
ldr x1, [x2, #-8]
ldr x1, [x2, #8]!
ldr x1, [x2], #8
ldr x1, [x2, x3]
str x1, [sp, #16]
str w1, [x2, #3]
ldrb w1, [x2, #1]
strb w1, [x2]
ldrh w1, [x2, #2]
strh w1, [x2, #-1]
ldur x1, [x2, #1]
stur x1, [x2, #3]
ldp x1, x2, [x3]
stp w1, w2, [x3, #8]
stp x1, x2, [sp, #-16]!
ldp x1, x2, [sp], #16
str q1, [x2]
ldr q3, [x2, #32]
ldxr x1, [x2]
ldxr w1, [x2]
ldxrb w1, [x2]
ldaxrh w1, [x2]
ldaxr x1, [sp]
stxr w3, x1, [x2]
stxrb w3, w1, [x2]
stlxr w3, w1, [x2]
stlxrh w3, w1, [x2]
ldar x1, [x2]
ldarb w1, [x2]
stlr x1, [x2]
stlrh w1, [x2]
ldxp x1, x2, [x3]
ldaxp w1, w2, [x3]
stxp w4, x1, x2, [x3]
stlxp w4, w1, w2, [x3]
cas x1, x2, [x3]
casal w1, w2, [x3]
casb w1, w2, [x3]
caslh w1, w2, [x3]
casp x2, x3, x4, x5, [x6]
swp x1, x2, [x3]
swpal w1, w2, [x3]
ldadd x1, x2, [x3]
ldadda x1, x2, [x3]
ldaddlb w1, w2, [x3]
ldset w1, w2, [x3]
ldclr x1, x2, [x3]
ldeoral x1, x2, [x3]
dsb sy
dsb ish
dmb ishst
dmb ish
dc zva, x1
dc cvac, x2
dc civac, x2
ic ivau, x3
ic iallu
ic ialluis
tlbi vmalle1is
tlbi vae1is, x1
mrs x1, mpidr_el1
mrs x2, ctr_el0
msr tpidr_el1, x3
msr daifset, #2
msr daifclr, #15
msr spsel, #1
