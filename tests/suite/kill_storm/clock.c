/* Sets the wall clock of the desk alone, from outside: it is preloaded into the real binary, which
 * knows nothing of it. The file CLOCK_SET_AHEAD, once it is there, holds by how many seconds. Other
 * clocks are left alone, as a machine leaves them when its wall clock is set.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static int (*next)(clockid_t, struct timespec *);
static const char *file;

__attribute__((constructor)) static void begin(void)
{
    next = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
    file = getenv("CLOCK_SET_AHEAD");
}

int clock_gettime(clockid_t which, struct timespec *now)
{
    if (next == NULL)
        begin();
    int result = next(which, now);
    if (result != 0 || which != CLOCK_REALTIME || file == NULL)
        return result;
    FILE *set = fopen(file, "r");
    if (set == NULL)
        return result;
    long seconds;
    if (fscanf(set, "%ld", &seconds) == 1)
        now->tv_sec += seconds;
    fclose(set);
    return result;
}
