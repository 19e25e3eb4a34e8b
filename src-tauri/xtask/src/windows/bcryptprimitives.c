/* Rust's standard library asks this library of Windows for its random seed. Wine before 9 has none of that name. */
#include <windows.h>
#include <ntsecapi.h>
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE place, SIZE_T bytes) { return RtlGenRandom(place, (ULONG)bytes); }
