"""What commands cost: a JSON list of commands in, [CPU seconds, wall seconds, MiB of the largest process] out.

A process of its own, so that what it waited for is these commands and nothing else.
"""

import json
import resource
import subprocess
import sys
import time

started = time.monotonic()
for command in json.loads(sys.argv[1]):
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=True)
wall = time.monotonic() - started
used = resource.getrusage(resource.RUSAGE_CHILDREN)
kilobytes = used.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
print(json.dumps([used.ru_utime + used.ru_stime, wall, kilobytes / 1024]))
