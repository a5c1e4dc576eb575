// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The ways between the pages of what is to be decided and how it came so: makes each with its model and puts it on the window's stack.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Hezhang.Model
import Hezhang.Ui

Item {
    id: root

    required property T.StackView stack
    required property Models models

    signal taskPicked(string taskId)
    signal codePicked

    function openInbox(model: InboxModel): void {
        root.stack.push(inbox, {"model": model});
    }

    function openSync(status: SyncStatus): void {
        root.stack.push(sync, {"sync": status, "edits": root.models.ownEdits(), "receipts": root.models.receipts()});
    }

    function openDifference(recordId: string, field: string): void {
        root.stack.push(difference, {"model": root.models.difference(recordId, field)});
    }

    function openNotice(noticeId: string): void {
        root.stack.push(notice, {"model": root.models.notice(noticeId)});
    }

    function openHistory(recordId: string, field: string): void {
        root.stack.push(history, {"model": root.models.history(recordId, field)});
    }

    // What `hezhang --page` names, at its slashes.
    function open(parts: var): void {
        const ways = {
            "difference": () => openDifference(parts[1], parts[2] ?? ""),
            "notice": () => openNotice(parts[1]),
            "history": () => openHistory(parts[1], parts[2] ?? "")
        };
        if (parts[0] in ways)
            ways[parts[0]]();
    }

    visible: false

    Component {
        id: inbox

        InboxPage {
            onDifferencePicked: (recordId, field) => root.openDifference(recordId, field)
            onNoticePicked: noticeId => root.openNotice(noticeId)
        }
    }

    Component {
        id: difference

        DifferencePage {
            onBack: root.stack.pop()
            onHistoryPicked: (recordId, field) => root.openHistory(recordId, field)
            onTaskPicked: taskId => root.taskPicked(taskId)
        }
    }

    Component {
        id: notice

        NoticePage {
            onBack: root.stack.pop()
            onHistoryPicked: (recordId, field) => root.openHistory(recordId, field)
            onTaskPicked: taskId => root.taskPicked(taskId)
        }
    }

    Component {
        id: history

        HistoryPage {
            onBack: root.stack.pop()
        }
    }

    Component {
        id: sync

        SyncPage {
            onHistoryPicked: (recordId, field) => root.openHistory(recordId, field)
            onCodePicked: root.codePicked()
        }
    }
}
