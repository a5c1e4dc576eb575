# SPDX-FileCopyrightText: The Hezhang authors
# SPDX-License-Identifier: Apache-2.0
"""A demo county of real processes for the end-to-end tests: hezhangd on loopback, homes of hz."""
import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile

SOURCE = pathlib.Path(__file__).resolve().parents[2]
BIN = pathlib.Path(os.environ.get("HEZHANG_BIN", SOURCE / "build" / "bin"))
UNITS = """name,short_names,kind,parent
镇北堡镇,,town,
兴泾镇,,town,
文昌路街道,文昌街道,street,
西夏区民政局,民政局,department,
西夏区司法局,司法局,department,
西夏区督查室,督查室,department,
"""


class Failed(Exception):
    """A command that ended with another exit code than expected."""


def run(program, *arguments, expect=0, stdin=None, env=None, timeout=120):
    """Runs a program of ours; returns (stdout, stderr, code). `expect` None: any code."""
    done = subprocess.run([str(BIN / program), *map(str, arguments)], input=stdin, capture_output=True, text=True,
                          timeout=timeout, env={**os.environ, **(env or {})}, check=False)
    if expect is not None and done.returncode != expect:
        raise Failed(f"{program} {' '.join(map(str, arguments))}: exit {done.returncode}, expected {expect}\n"
                     f"{done.stdout}\n{done.stderr}")
    return done.stdout, done.stderr, done.returncode


class Home:
    """One home folder and its hz."""

    def __init__(self, county, name):
        self.county, self.name, self.path = county, name, county.folder / name

    def hz(self, *arguments, expect=0, stdin=None, env=None):
        return run("hz", "--home", self.path, *arguments, expect=expect, stdin=stdin, env=env)

    def json(self, *arguments, expect=0):
        return json.loads(self.hz(*arguments, "--json", expect=expect)[0])

    def sync(self, expect=0):
        return self.json("sync", expect=expect)

    def dump(self, scope):
        return self.hz("dump", "--scope", scope)[0]

    def scopes(self):
        return [row["scope"] for row in self.json("scopes")]

    def records(self, register):
        """All live records of a register in this home, as `hz dump` prints them."""
        rows = [json.loads(line) for scope in self.scopes() for line in self.dump(scope).splitlines()]
        return [row for row in rows if row["register"] == register]

    def fields(self, record):
        return self.json("show", record)["fields"]

    def copy_to(self, name):
        other = Home(self.county, name)
        shutil.copytree(self.path, other.path)
        return other

    def start(self, *arguments, stdin=None):
        """A process of hz that is left running."""
        return subprocess.Popen([str(BIN / "hz"), "--home", str(self.path), *map(str, arguments)], stdin=stdin,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


class County:
    """The county's folder and its running endpoint."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="hezhang-test-"))
        self.data = self.folder / "county"
        self.endpoint, self.url, self.port = None, None, 0
        run("hezhangd", "init", "--data", self.data, "--county", "银川市西夏区", "--office", "西夏区政务公开办公室")
        (self.folder / "units.csv").write_text(UNITS, encoding="utf-8")
        run("hezhangd", "units", "--data", self.data, "import", self.folder / "units.csv")

    def serve(self):
        self.endpoint = subprocess.Popen(
            [str(BIN / "hezhangd"), "serve", "--data", str(self.data), "--listen", f"127.0.0.1:{self.port}"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        line = self.endpoint.stdout.readline()
        if not line.startswith("listening "):
            raise Failed(f"hezhangd said: {line!r}")
        self.url = line.split()[1]
        self.port = int(self.url.rsplit(":", 1)[1])

    def stop(self):
        if self.endpoint:
            self.endpoint.send_signal(signal.SIGTERM)
            code = self.endpoint.wait(timeout=30)
            self.endpoint.stdout.close()
            self.endpoint = None
            if code != 0:
                raise Failed(f"hezhangd ended with {code}")

    def kill(self):
        self.endpoint.kill()
        self.endpoint.wait(timeout=30)
        self.endpoint.stdout.close()
        self.endpoint = None

    def admin(self, command, *arguments, expect=0):
        return run("hezhangd", command, "--data", self.data, *arguments, expect=expect)[0]

    def admin_json(self, command, *arguments):
        return json.loads(self.admin(command, *arguments, "--json"))

    def join(self, name, unit, person, role):
        code = self.admin_json("invite", "--unit", unit, "--person", person, "--role", role)["code"]
        home = Home(self, name)
        home.hz("enroll", self.url, code)
        home.sync()
        return home

    def close(self):
        if self.endpoint:
            self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)


def make_ledger(office, tasks):
    """A ledger by hand: tasks = [(content, [(role, unit)…])…]. Returns (ledger, [task…])."""
    units = {row["name"]: row["id"] for row in unit_records(office)}
    ledger = office.json("new", "ledger", "year=2023", "title=测试台账", "state=open")["record"]
    ids = []
    for serial, (content, members) in enumerate(tasks, 1):
        task = office.json("new", "task", f"ledger={ledger}", f"serial={serial}", f"content={content}")["record"]
        for role, unit in members:
            office.hz("add", task, role, units[unit])
        ids.append(task)
    return ledger, ids


def unit_records(home):
    """[{id, name}] of all units, read from the dump."""
    rows = [json.loads(line) for line in home.dump("common").splitlines()]
    return [{"id": row["id"], "name": row["fields"].get("name", row["fields"]["first_name"])} for row in rows
            if row["register"] == "unit"]


def assert_agree(test, county, homes):
    """Every scope is byte for byte the same on the county and all homes that hold it; so is its digest."""
    scopes = {scope for home in homes for scope in home.scopes()}
    for scope in sorted(scopes):
        expected = county.admin("dump", "--scope", scope)
        digest = county.admin_json("digest", "--scope", scope)["digest"]
        for home in homes:
            if scope in home.scopes():
                test.assertEqual(home.dump(scope), expected, f"{home.name} differs in {scope}")
                test.assertEqual(home.json("digest", "--scope", scope)["digest"], digest)
