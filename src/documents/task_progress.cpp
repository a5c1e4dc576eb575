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

ProgressText progressText(const TaskReading& task) {
    ProgressText progress;
    if (!task.joint.empty() || !task.jointStatus.empty()) {
        add(progress, "【共同填写】" + task.joint + inBrackets(task.jointStatus), task.record);
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
