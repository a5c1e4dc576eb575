// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/documents/task_progress.h"

#include <algorithm>

namespace hezhang::documents {

static void add(ProgressText& progress, const std::string& text, const RecordId& record) {
    progress.text += (progress.text.empty() ? "" : "\n") + text;
    progress.records.push_back(record);
}

static std::string inBrackets(const std::string& note) {
    return note.empty() ? "" : "（" + note + "）";
}

static std::string noteOf(const FilingReading& filing) {
    std::string note = filing.status;
    note += filing.percent.empty() ? "" : (note.empty() ? "" : "，") + filing.percent + "%";
    note += filing.state == "已报送" ? "" : (note.empty() ? "" : "，") + filing.state;
    return note;
}

static void addParagraph(ProgressText& progress, const ParagraphReading& paragraph) {
    progress.text += (progress.text.empty() || paragraph.text.empty() ? "" : "\n") + paragraph.text;
    if (paragraph.unitsCounted > 0) {
        progress.text += "（合计" + std::to_string(paragraph.sum) + "，" +
                         std::to_string(paragraph.unitsCounted) + "个单位填报）";
    }
    for (const std::string& target : paragraph.targets) {
        progress.text += "（" + target + "）";
    }
    if (paragraph.isOpen) {
        progress.text += "（各单位此后又有改动，待定稿）";
    }
    progress.records.insert(progress.records.end(), paragraph.records.begin(), paragraph.records.end());
}

ProgressText progressText(const TaskReading& task) {
    ProgressText progress;
    if (!task.joint.empty() || !task.jointStatus.empty()) {
        add(progress, "【共同填写】" + task.joint + inBrackets(task.jointStatus), task.record);
    }
    if (task.paragraph) {
        addParagraph(progress, *task.paragraph);
        return progress;
    }
    const bool hasOneWindow =
        task.filings.empty() || task.filings.front().window == task.filings.back().window;
    for (const FilingReading& filing : task.filings) {
        const std::string source = filing.unit + (hasOneWindow ? "" : "，" + filing.window);
        add(progress, "【" + source + "】" + filing.text + inBrackets(noteOf(filing)), filing.record);
    }
    return progress;
}

ProgressText ownProgressText(const TaskReading& task) {
    ProgressText progress;
    for (const FilingReading& filing : task.filings) {
        if (!filing.text.empty()) {
            add(progress, filing.text, filing.record);
        }
    }
    return progress;
}

}  // namespace hezhang::documents
