"""Talks to the kernel as Jupyter's own clients do and prints what it saw, one JSON object."""
import json
import os
import tempfile
import time

from jupyter_client.manager import start_new_kernel

seen = {}
begin = time.time()
manager, client = start_new_kernel(kernel_name="dance")
seen["ready_s"] = time.time() - begin


def run(code, on_output=None):
    """The outputs of a cell and how the kernel replied."""
    outputs = []

    def hook(message):
        outputs.append((message["msg_type"], message["content"], time.time()))
        if on_output:
            on_output(message)

    reply = client.execute_interactive(code, timeout=60, output_hook=hook, allow_stdin=False)
    return [o for o in outputs if o[0] not in ("status", "execute_input")], reply["content"]


outputs, reply = run("drawing(Accelerators.eyeriss())")
seen["first_figure_s"] = time.time() - begin
seen["first_figure"] = sorted(outputs[-1][1]["data"])
with open("/proc/%d/stat" % manager.provisioner.pid) as stat:
    ticks = stat.read().rsplit(")", 1)[1].split()[11:13]
seen["first_figure_cpu_s"] = sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")

# the cell waits for a sign that what it printed has arrived
sign = os.path.join(tempfile.mkdtemp(), "arrived")
outputs, reply = run(
    'System.out.print("a"); while (!new java.io.File("%s").exists()) { Thread.sleep(5); }'
    ' System.err.println("b"); 7' % sign,
    lambda message: message["msg_type"] == "stream" and open(sign, "w").close(),
)
seen["streams"] = [[o[1]["name"], o[1]["text"]] for o in outputs if o[0] == "stream"]
seen["value"] = outputs[-1][1]["data"]["text/plain"]

with open("/proc/%d/environ" % manager.provisioner.pid) as environment:
    seen["environment"] = dict(v.split("=", 1) for v in environment.read().split("\0") if "=" in v)

outputs, reply = run('int n = 1;\nLayer.conv("dw", 48, 48).groups(5)')
seen["error"] = [reply["ename"], outputs[-1][1]["traceback"]]


def interrupted(code):
    times = {}

    def stop(message):
        if message["msg_type"] == "stream" and "go" not in times:
            times["go"] = time.time()
            manager.interrupt_kernel()

    _, reply = run('System.out.println("go"); ' + code, stop)
    return time.time() - times["go"], reply["ename"]


seen["interrupt_busy"] = interrupted("while (true) {}")
seen["interrupt_sleep"] = interrupted("Thread.sleep(60000);")
seen["after_interrupt"] = run("n + 1")[0][-1][1]["data"]["text/plain"]


def ask(message_id):
    while True:
        reply = client.get_shell_msg(timeout=30)
        if reply["parent_header"]["msg_id"] == message_id:
            return reply["content"]


code = "var chip = Accelerators.eye"
seen["complete"] = ask(client.complete(code, len(code)))
code = 'var chip = Accelerators.byName("eye'
seen["complete_text"] = ask(client.complete(code, len(code)))
code = "int before = 2; simulate("
seen["inspect"] = ask(client.inspect(code, len(code) - 3))["data"].get("text/plain", "")
seen["inspect_variable"] = ask(client.inspect("n", 1))["data"].get("text/plain", "")
seen["complete_states"] = [
    ask(client.is_complete(c))["status"] for c in ("1 + 1", "for (int i = 0; i < 3; i++) {", "1 +* 2 )")
]
seen["history"] = ask(client.history(hist_access_type="tail", n=3))["history"]

start = time.time()
updates = run(
    """try (var steps = Steps.of("work", "steps", 20)) {
  for (int i = 0; i < 20; i++) { Thread.sleep(60); steps.step(); }
}"""
)[0]
seen["progress_s"] = time.time() - start
seen["progress"] = [o[0] for o in updates]
seen["progress_text"] = [o[1]["data"]["text/plain"] for o in updates if "data" in o[1]]
mixed = run(
    """System.out.println("before"); System.err.println("aside"); show(42);
try (var steps = Steps.of("work", "steps", 9)) {
  for (int i = 0; i < 5; i++) { Thread.sleep(160); steps.step(); }
}
System.out.println("after"); 43"""
)[0]
cleared = max(i for i, o in enumerate(mixed) if o[0] == "clear_output")
seen["cleared"] = [o[0] for o in mixed[cleared:]]
seen["cleared_texts"] = [
    o[1].get("text") or o[1].get("data", {}).get("text/plain") for o in mixed[cleared + 1 :]
]

run("var left = new Thread(() -> { while (true) {} }); left.start();")
pid = manager.provisioner.pid
start = time.time()
client.stop_channels()
manager.shutdown_wait_time = 60
manager.shutdown_kernel(now=False)
seen["shutdown_s"] = time.time() - start
seen["gone"] = not os.path.exists("/proc/%d" % pid)
print("SEEN " + json.dumps(seen))
