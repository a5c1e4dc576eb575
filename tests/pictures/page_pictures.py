#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Hezhang authors
# SPDX-License-Identifier: Apache-2.0
"""Pictures of every page of the window client, with real homes of a county in the middle of its work.

    page_pictures.py [--only PATTERN] [--out DIR] [--settings PATTERN]

Each page is drawn in the eight settings of packaging/pictures. A warning of QML fails the run: it is a defect of the page even
where the picture looks right.
"""
import argparse
import concurrent.futures
import json
import os
import pathlib
import random
import re
import shutil
import string
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "endtoend"))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "window"))
from county import BIN, SOURCE, County, Home, run  # noqa: E402
from window import Display  # noqa: E402

SETTINGS = {f"{form}-{text}-{colours}-{language}": (size, text, colours, language) for form, size, text, colours, language in (
    ("phone", "360x720", "normal", "light", "zh"), ("phone", "360x720", "large", "dark", "en"),
    ("tablet", "800x1280", "normal", "light", "en"), ("tablet", "800x1280", "large", "dark", "zh"),
    ("landscape", "1280x800", "normal", "dark", "zh"), ("landscape", "1280x800", "large", "light", "en"),
    ("desktop", "1440x900", "normal", "dark", "en"), ("desktop", "1440x900", "large", "light", "zh"))}
KEPT = ("phone-normal-light-zh", "desktop-normal-dark-en")  # small copies in docs/screenshots
# In docs, as docs/pictures/page-….png.
DOCUMENTED = {"Contradictions": "contradictions", "WindowClosed": "window", "Review": "review", "PrintedCell": "printed-cell", "Years": "years",
              "HolidaysFile": "holidays"}
DOCUMENTED_IN = "tablet-normal-light-en"
PAST, LETTERS = 400, 8000  # edits, and letters of each that do not pack: more than the county thinks worth reading by who joins late


class Scene:
    """A county in the middle of its work: reports, a conflict, a decision, checks, set-asides, all made by the programs."""

    def __init__(self):
        self.county = County()
        try:
            self.work()
        except BaseException:
            self.county.close()  # no server is left behind
            raise

    def work(self):
        run("hezhangd", "units", "--data", self.county.data, "import", SOURCE / "packaging/demo/units.csv")
        self.county.serve()
        join = self.county.join
        self.office = join("office", "西夏区政务公开办公室", "马晓燕", "office")
        self.town = join("town", "镇北堡镇", "张建国", "clerk")
        self.other = join("other", "兴泾镇", "李春梅", "clerk")
        self.civil = join("civil", "西夏区民政局", "王海涛", "clerk")
        self.checker = join("checker", "西夏区政府督查室", "陈志强", "checker")
        self.homes = [self.office, self.town, self.other, self.civil, self.checker]
        self.ledger()
        self.reports()
        self.paragraphs()
        self.contradictions()
        self.more_time()
        self.targets()
        self.checks()
        self.erased()
        self.conflicts()
        self.years()
        self.documents()
        self.notices()
        self.devices()
        self.missing()
        self.pasts()

    def sync(self):
        for home in [*self.homes, *self.homes]:
            home.sync()

    # The real plan, moved to the present year so that something is due and something is not yet.
    def ledger(self):
        text = (SOURCE / "tests/documents/001_c31e98b49c878b27.txt").read_text(encoding="utf-8")
        self.document = self.county.folder / "2026年政务公开任务台账.txt"
        self.document.write_text(text.replace("2023", "2026"), encoding="utf-8")
        made = self.office.json("import", self.document)
        self.tasks = [row["id"] for row in self.office.json("tasks")]
        self.now = made["ledger"]
        opened = ("window", "open", "--ledger", self.now)
        self.summer = self.office.json(*opened, "--closes", "2026-08-15", "--title", "2026年上半年进展")["record"]
        self.office.hz("set", self.tasks[0], "joint_progress", "西夏区专栏已开设。各单位按月更新。")
        self.sync()
        self.filing(self.town, 1, self.summer, "上半年专栏更新6期。", 30)
        self.filing(self.other, 1, self.summer, "上半年召开院坝会1场。", 20)
        self.sync()
        self.office.hz("window", "close", self.summer)
        self.winter = self.office.json(*opened, "--closes", "2026-12-05", "--title", "2026年下半年进展")["record"]
        self.sync()

    def filing(self, home, task, window, text, percent, *options):
        return home.json("file", task, "--window", window, "--text", text, "--status", "in-progress", "--percent", percent, "--submit",
                         *options)["record"]

    def reports(self):
        evidence = self.county.folder / "专栏截图说明.txt"
        evidence.write_text("专栏更新情况（演示材料）\n", encoding="utf-8")
        photos = [self.photo("专栏页面.jpg", "#7aa7d9-#e8eef5"), self.photo("解读页面.jpg", "#d9b27a-#f5f0e8")]
        self.filing(self.town, 1, self.winter, "专栏由张三（身份证号640102197001011234）负责。", 50)
        self.sync()
        self.report = self.filing(self.town, 1, self.winter, "镇政府网站专栏更新12期，发布政策解读6件。", 60, "--evidence", evidence,
                                  "--evidence", photos[0], "--evidence", photos[1])
        self.filing(self.other, 1, self.winter, "召开院坝会3场，现场解读惠民政策。", 100)
        self.filing(self.civil, 4, self.winter, "按年度公开社会组织评估结果21家。", 80, "--count", 21)
        returned = self.filing(self.town, 6, self.winter, "已按要求公开。", 50)
        self.filing(self.town, 8, self.summer, "补报：集中清理政策文件14件。", 100)  # too late: set aside
        self.sync()
        self.office.hz("set", returned, "returned", "请写明公开了哪些项目、公开日期和网址。")
        self.office.hz("set", self.report, "verified_status", "in-progress")
        self.sync()

    # Of task 7 a unit has corrected what the office left alone, of task 11 what it had edited.
    def paragraphs(self):
        self.filing(self.town, 7, self.winter, "走访企业24家，公开扩大投资政策。已按要求在网站公开。", 60, "--count", 24)
        self.filing(self.other, 7, self.winter, "组织政策宣讲4场。已按要求在网站公开。", 50, "--count", 4)
        self.filing(self.town, 11, self.winter, "发布图文解读120件。", 60)
        self.sync()
        self.office.hz("paragraph", 7, "--window", self.winter, "--set",
                       "各单位有序推进。组织政策宣讲4场。走访企业24家，公开扩大投资政策。均已在网站公开。")
        self.office.hz("paragraph", 11, "--window", self.winter, "--set", "全区发布图文解读120件。")
        self.filing(self.other, 7, self.winter, "组织政策宣讲5场。已按要求在网站公开。", 60, "--count", 1)
        self.filing(self.town, 11, self.winter, "发布图文解读136件。", 70)
        self.sync()

    # Of task 13 two units tell one event, one reports less than before; what was approved of task 14 was edited since.
    def contradictions(self):
        told = "5月12日在兴庆广场联合举办政府开放日活动。"
        self.filing(self.town, 13, self.winter, told + "发放宣传册600份。", 100)
        self.filing(self.other, 13, self.winter, "镇里先做了部署。" + told, 40)
        self.filing(self.other, 1, self.winter, "召开院坝会3场，现场解读惠民政策。", 15)
        approved = self.filing(self.town, 14, self.winter, "全年公开政策文件18件。", 60)
        self.sync()
        stands = self.office.json("show", approved)["fields"]["submitted"][-1]
        self.office.hz("add", approved, "approved", stands)
        self.sync()
        self.filing(self.town, 14, self.winter, "全年公开政策文件21件。", 70)
    # One request waits, one was granted, one refused.
    def more_time(self):
        asked = ("--window", self.winter, "--until", "2026-12-20", "--reason", "11月下旬连续降雪，两场政策宣讲推迟，佐证材料需补充。")
        self.town.json("extension", "ask", 1, *asked)
        granted = self.other.json("extension", "ask", 7, *asked)["record"]
        refused = self.town.json("extension", "ask", 6, *asked)["record"]
        self.sync()
        self.office.hz("extension", "grant", granted, "--until", "2026-12-12", "--reason", "同意，请在12日前补齐。")
        self.office.hz("extension", "refuse", refused, "--reason", "材料已在线上，无需补充。")
    # Counted towards the figures that tasks demand; of one the office has changed the figure since.
    def targets(self):
        counted = ("--window", self.winter, "--target")
        self.town.hz("file", 16, *counted, 1, "--count", 3)
        self.other.hz("file", 16, *counted, 1, "--count", 2)
        self.town.hz("file", 11, *counted, 2, "--count", 31, "--of", 136)
        self.town.hz("file", 26, *counted, 1, "--count", 1)
        self.sync()
        self.office.hz("set", self.tasks[25], "content", "每半年组织一次政务公开专题培训，提高领导干部公开意识和水平。")
        self.filing(self.other, 16, self.winter, "邀请公众代表列席会议2次。", 100)
        self.other.hz("file", 16, "--window", self.winter, "--status", "done", "--submit")
        self.sync()

    def photo(self, name, colours):
        path = self.county.folder / name
        subprocess.run(["convert", "-size", "640x480", f"gradient:{colours}", str(path)], check=True)
        return path

    # A number that should not have been written was erased by law.
    def erased(self):
        rows = self.office.json("history", self.report)
        self.county.admin("redact", "--op", next(row["op"] for row in rows if "640102" in str(row["value"])))
        self.sync()

    # Of one photo each only the small picture is here so far, as the window client sends it ahead.
    def missing(self):
        for record in (self.report, self.check):
            names = [row["value"] for row in self.office.json("history", record) if row["field"] in ("evidence", "photos")]
            for blobs in (home.path / "blobs" for home in (self.office, self.town)):
                photo = blobs / names[-1]
                subprocess.run(["convert", str(photo), "-resize", "240x240", f"jpg:{photo}.thumb"], check=True)
                photo.unlink()

    def checks(self):
        self.place = self.town.json("new", "place", "unit=镇北堡镇", "first_name=镇便民服务中心公告栏",
                                    "name=镇便民服务中心公告栏")["record"]
        self.sync()
        check = ("check", 1, "--unit", "镇北堡镇", "--place", self.place)
        self.checker.hz("check", 16, "--unit", "镇北堡镇", "--result", "yes", "--finding", "会议记录齐全。", "--line", "1=yes")
        self.check = self.checker.json(*check, "--result", "no", "--finding", "公告栏只贴到9月，与网站不一致。",
                                       "--photo", self.photo("公告栏.jpg", "#8fbf8f-#eef5ee"))["record"]
        self.sync()

    def conflicts(self):
        clashes = [(self.tasks[8], "done", "in-progress"), (self.tasks[9], "done", "blocked")]
        for task, mine, theirs in clashes:
            self.town.hz("set", task, "joint_status", mine)
            self.other.hz("set", task, "joint_status", theirs)
        self.town.hz("set", self.tasks[0], "joint_progress", "西夏区专栏已开设。各单位按月更新。镇北堡镇发布旅游政策解读6件。")
        self.other.hz("set", self.tasks[0], "joint_progress", "西夏区专栏已于3月开设。各单位按月更新。")
        self.sync()
        self.office.hz("resolve", f"{self.tasks[9]}/joint_status", "--value", "blocked")
        self.sync()
        self.town.hz("file", 12, "--window", self.winter, "--text", "正在编制政策解读计划。", "--percent", 10)  # not sent yet

    # Last year had some of the tasks; of one it is not sure which goes on.
    def years(self):
        earlier = self.office.json("new", "ledger", "year=2025", "title=银川市西夏区2025年政务公开工作要点任务落实台账", "state=open")["record"]
        now = {row["serial"]: row for row in self.office.json("tasks")}
        contents = [now[1]["content"], now[4]["content"], now[6]["content"], now[6]["content"].replace("财政", "税务")]
        old = [self.office.json("new", "task", f"ledger={earlier}", f"serial={serial}", f"number={serial}", f"content={content}",
                                f"item={now[1]['item']}")["record"] for serial, content in enumerate(contents, 1)]
        window = self.office.json("window", "open", "--ledger", earlier, "--closes", "2025-12-05", "--title", "2025年全年进展")["record"]
        self.office.hz("add", old[0], "responsible", "镇北堡镇")
        self.sync()
        self.filing(self.town, old[0], window, "全年专栏更新22期，发布政策解读11件。", 100, "--count", 22)
        self.sync()
        self.office.hz("window", "close", window)
        self.office.hz("year", "link", self.tasks[0], old[0])
    # The next year's plan; this year's comes again, corrected, after the office has changed a text by hand; and the town's form comes back filled in.
    def documents(self):
        text = self.document.read_text(encoding="utf-8")
        self.next_year = self.county.folder / "2027年政务公开任务台账.txt"
        self.next_year.write_text(text.replace("2026", "2027"), encoding="utf-8")
        self.corrected = self.county.folder / "2026年政务公开任务台账（修改）.txt"
        self.corrected.write_text(text.replace("不低于80%", "不低于90%").replace("11月底", "10月底"), encoding="utf-8")
        shown = self.office.json("show", self.tasks[10])["fields"]["content"]
        self.office.hz("set", self.tasks[10], "content", shown.replace("。", "，按季度通报。", 1))
        self.office.hz("set", self.tasks[2], "indicator", "每季度至少发布一次。")
        self.form = self.county.folder / "填报表.csv"
        rows = [self.town.json("show", task)["fields"] for task in (self.tasks[0], self.tasks[11])]
        texts = ("镇政府网站专栏更新15期，发布政策解读8件。", "政策解读计划已印发。")
        lines = ["序号,重点工作,主要内容,责任单位,完成时限,进展落实情况"]
        lines += [f'{n},公开,"{row["content"]}",各镇街,11月底,{said}' for n, (row, said) in enumerate(zip(rows, texts), 1)]
        lines += ["3,公开,整理镇村档案资料目录并装订成册。,各镇街,11月底,已装订42册。"]
        self.form.write_text("2026年政务公开工作要点任务台账（填报版）\n填报单位：镇北堡镇\n" + "\n".join(lines) + "\n", encoding="utf-8")
        self.sync()

    # The next year's notice, one that cannot be used, and who answers for a unit.
    def notices(self):
        off = [{"name": "元旦", "from": "2027-01-01", "to": "2027-01-03"}, {"name": "春节", "from": "2027-02-05", "to": "2027-02-13"}]
        notice = {"year": 2027, "notice": "演示〔2026〕1号", "title": "演示用放假安排（不是真的通知）", "issued": "2026-11-05", "off": off,
                  "work": ["2027-01-31", "2027-02-14"]}
        self.notice, self.bad_notice = (self.county.folder / name for name in ("2027年放假安排.json", "2027年放假安排（误）.json"))
        self.notice.write_text(json.dumps(notice, ensure_ascii=False), encoding="utf-8")
        off[1]["to"] = "2027-02-01"
        self.bad_notice.write_text(json.dumps(notice, ensure_ascii=False), encoding="utf-8")
        unit = self.town.json("whoami")["unit"]
        for field, value in (("contact", "张建国"), ("contact_phone", "0951-2077000")):
            self.office.hz("set", unit, field, value)
        self.sync()
        printed = self.county.folder / "filing.json"
        self.town.hz("export", "filing-form", "-o", printed, "--window", self.winter, "--ledger", self.now)
        self.digits = json.loads(printed.read_text(encoding="utf-8"))["fingerprint"]

    # Of the town's other devices one was stopped, one is to be emptied, one was; somebody has not used his invitation yet.
    def devices(self):
        self.revoked("stopped")
        self.revoked("lost", "--wipe")
        self.emptied = self.revoked("emptied", "--wipe")
        self.emptied.sync(expect=1)
        self.county.admin("invite", "--unit", "西夏区司法局", "--person", "周文静", "--role", "clerk")

    def revoked(self, name, *options):
        home = self.county.join(name, "镇北堡镇", "张建国", "clerk")
        self.county.admin("revoke", "--device", home.json("whoami")["device"], *options)
        return home

    # One device has let go of old texts; one joins when the past has become too long to begin with it.
    def pasts(self):
        self.tidy = self.county.join("tidy", "镇北堡镇", "张建国", "clerk")
        self.tidy.hz("compact", "--keep-days", "0")
        dice, letters = random.Random(1), string.ascii_letters + string.digits
        lines = [json.dumps({"record": self.tasks[20], "field": "joint_progress", "assign": "".join(dice.choices(letters, k=LETTERS))})
                 for _ in range(PAST)] + [json.dumps({"record": self.tasks[20], "field": "joint_progress", "assign": "已全部公开。"})]
        self.civil.hz("edit", "--batch", "-", "--commit-every", "20", stdin="\n".join(lines) + "\n")
        self.civil.sync()
        self.late = self.county.join("late", "镇北堡镇", "赵晓峰", "clerk")
        self.office.sync()

    def pages(self):
        """{name: (home, page)}"""
        first, town = self.tasks[0], self.town.json("whoami")["unit"]
        return {
            "Enrol": (Home(self.county, "nobody"), "enrol"),
            "Tasks": (self.town, "tasks"), "Task": (self.town, f"task/{first}"),
            "Filing": (self.town, f"filing/{first}/{self.winter}"), "Together": (self.town, f"together/{first}"),
            "FilingTargets": (self.town, f"filing/{self.tasks[10]}/{self.winter}"),
            "TaskTargets": (self.office, f"task/{self.tasks[25]}"),
            "Inbox": (self.town, "inbox"), "Difference": (self.town, f"difference/{self.tasks[8]}/joint_status"),
            "DifferenceText": (self.town, f"difference/{first}/joint_progress"),
            "Notices": (self.town, "inbox/notice"), "History": (self.town, f"history/{self.report}/text"),
            "HistoryToCome": (self.late, f"history/{self.report}/text"), "HistoryLetGo": (self.tidy, f"history/{self.report}/text"),
            "Sync": (self.town, "sync"), "Emptied": (self.emptied, "tasks"),
            "Checks": (self.checker, "checks"), "Place": (self.checker, f"place/{town}/{self.place}"),
            "Check": (self.checker, f"check/{first}/{town}/{self.place}"), "OurChecks": (self.town, "our-checks"),
            "CheckLines": (self.checker, f"check/{self.tasks[15]}/{town}/{self.place}"),
            "Objection": (self.town, f"objection/{self.check}"),
            "Search": (self.town, "search/公开"), "Settings": (self.town, "settings"), "Shortcuts": (self.town, "shortcuts"),
            "OfficeTasks": (self.office, "tasks"), "Office": (self.office, "office"),
            "ImportEmpty": (self.office, "import"), "Import": (self.office, f"import/{self.next_year}"),
            "ImportAgain": (self.office, f"import/{self.corrected}"),
            "ReturnedEmpty": (self.town, "returned"), "Returned": (self.town, f"returned/{self.form}"),
            "ReturnedOffice": (self.office, f"returned/{self.form}"),
            "Windows": (self.office, "windows"), "OfficeMatrix": (self.office, f"matrix/{self.winter}"),
            "Contradictions": (self.office, f"contradictions/{self.winter}"),
            "Window": (self.office, f"window/{self.winter}"), "WindowClosed": (self.office, f"window/{self.summer}"),
            "Years": (self.office, "years"), "PrintedCell": (self.office, f"printed/{self.tasks[6]}/{self.winter}"),
            "MissingList": (self.office, f"matrix/{self.winter}/missing"),
            "Paragraphs": (self.office, f"paragraphs/{self.winter}"),
            "ParagraphMerged": (self.office, f"paragraph/{self.tasks[6]}/{self.winter}"),
            "ParagraphOverlap": (self.office, f"paragraph/{self.tasks[10]}/{self.winter}"),
            "Review": (self.office, f"review/{first}/{town}/{self.winter}"), "Asides": (self.office, "asides"),
            "Holidays": (self.office, "holidays"), "HolidaysFile": (self.office, f"holidays/{self.notice}"),
            "HolidaysBad": (self.office, f"holidays/{self.bad_notice}"),
            "Units": (self.office, "units"), "PrintedCode": (self.town, "code"),
            "PrintedCodeFound": (self.town, f"code/{self.digits}"), "PrintedCodeUnknown": (self.town, f"code/{'0' * 64}"),
            "Export": (self.office, "export"), "Devices": (self.office, "devices"), "Invitation": (self.office, "invitation"),
        }


def draw(display, home, page, setting, file):
    """What the program wrote besides the picture; empty where all is well."""
    size, text, colours, language = SETTINGS[setting]
    options = ["--large"] * (text == "large") + ["--dark"] * (colours == "dark")
    config = tempfile.mkdtemp(dir=display.runtime)
    done = subprocess.run([str(BIN / "hezhang"), "--home", str(home.path), "--offline", "--size", size, "--page", page, "--lang",
                           language, "--grab", str(file), *options],
                          env={**display.env, "XDG_CONFIG_HOME": config}, capture_output=True, text=True, timeout=120, check=False)
    said = done.stderr.strip()
    return said if said or done.returncode == 0 else f"exit {done.returncode}"


def keep_small(file, kept, width):
    subprocess.run(["convert", str(file), "-filter", "Lanczos", "-resize", f"{width}x>", "-strip", "-define",
                    "png:exclude-chunks=date,time", "-dither", "None", "-colors", "64", f"PNG8:{kept}"], check=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--only", default="")
    parser.add_argument("--out", default=str(SOURCE / "build/pictures"), type=pathlib.Path)
    parser.add_argument("--settings", default="", help="pattern of settings, to look at one thing again")
    options = parser.parse_args()
    options.out = pathlib.Path(options.out).resolve()
    options.out.mkdir(parents=True, exist_ok=True)
    scene, display, failed = Scene(), Display("1600x1600"), []
    try:
        asked = [(name, home, page, setting) for name, (home, page) in scene.pages().items()
                 if re.search(options.only, name, re.IGNORECASE)
                 for setting in SETTINGS if re.search(options.settings, setting)]

        def one(asked):
            name, home, page, setting = asked
            file = options.out / f"{name}-{setting}.png"
            said = draw(display, home, page, setting, file)
            if said:
                failed.append(f"{file.name}: {said}")
            elif setting in KEPT:
                keep_small(file, SOURCE / "docs/screenshots" / f"Page{file.name}", 480)
            elif setting == DOCUMENTED_IN and name in DOCUMENTED:
                keep_small(file, SOURCE / "docs/pictures" / f"page-{DOCUMENTED[name]}.png", 900)
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            list(pool.map(one, asked))
    finally:
        display.close()
        scene.county.close()
    print(f"{len(asked)} pictures in {options.out}")
    for line in failed:
        print(line, file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
