/* A disk that takes longer: preloaded into the real binary, every sync sleeps as many milliseconds as
 * SYNC_TAKES_LONGER says, and is then done by the disk that is there. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

static int later(const char *name, int file) {
    const char *setting = getenv("SYNC_TAKES_LONGER");
    long milliseconds = setting ? atol(setting) : 0;
    struct timespec longer = {milliseconds / 1000, milliseconds % 1000 * 1000000};
    nanosleep(&longer, NULL);
    int (*call)(int) = dlsym(RTLD_NEXT, name);
    return call(file);
}

int fsync(int file) { return later("fsync", file); }

int fdatasync(int file) { return later("fdatasync", file); }
