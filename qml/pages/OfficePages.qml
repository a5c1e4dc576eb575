// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The ways between the pages of the county office: makes each with its model and puts it on the window's stack.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Hezhang.Model
import Hezhang.Ui

Item {
    id: root

    required property T.StackView stack
    required property Models models
    readonly property var ways: ({
            "matrix": parts => root.openMatrix(parts[1] ?? "", parts[2] === "missing"),
            "review": parts => root.openReview(parts[1], parts[2], parts[3]),
            "contradictions": parts => root.openContradictions(parts[1]),
            "paragraphs": parts => root.openParagraphs(parts[1]),
            "paragraph": parts => root.openParagraph(parts[1], parts[2]),
            "window": parts => root.openWindow(parts[1]),
            "printed": parts => root.openPrinted(parts[1], parts[2]),
            "years": parts => root.openYears(parts[1] ?? ""),
            "windows": () => root.stack.push(windows, {"model": root.models.windowList()}),
            "asides": () => root.stack.push(asides, {"model": root.models.asideList()}),
            "import": parts => root.openImport(parts.slice(1).join("/")),
            "returned": parts => root.openReturned(parts.slice(1).join("/")),
            "holidays": parts => root.openHolidays(parts.slice(1).join("/")),
            "units": () => root.stack.push(units, {"model": root.models.unitContacts()}),
            "code": parts => root.openCode(parts[1] ?? ""),
            "export": () => root.stack.push(exportForm, {"model": root.models.exportForm()}),
            "devices": () => root.stack.push(devices, {"model": root.models.deviceList()}),
            "invitation": () => root.stack.push(invitation, {"model": root.models.invitation()})
        })

    signal taskPicked(string taskId)
    signal historyPicked(string recordId, string field)

    function openOffice(): void {
        root.stack.push(office);
    }

    function openMatrix(windowId: string, showsMissing: bool): void {
        root.stack.push(matrix, {"model": root.models.matrix(windowId), "showsMissing": showsMissing});
    }

    function openReview(taskId: string, unitId: string, windowId: string): void {
        root.stack.push(review, {
            "model": root.models.review(taskId, unitId, windowId),
            "facts": root.models.filingFacts(taskId, unitId, windowId),
            "taskId": taskId
        });
    }

    function openWindow(windowId: string): void {
        root.stack.push(windowPage, {"model": root.models.window(windowId)});
    }

    function openPrinted(taskId: string, windowId: string): void {
        root.stack.push(printed, {"model": root.models.printedCell(taskId, windowId)});
    }

    function openYears(ledgerId: string): void {
        root.stack.push(years, {"model": root.models.yearLinks(ledgerId)});
    }

    function openContradictions(windowId: string): void {
        root.stack.push(contradictions, {"model": root.models.contradictions(windowId)});
    }

    function openParagraphs(windowId: string): void {
        root.stack.push(paragraphs, {"model": root.models.paragraphs(windowId)});
    }

    function openParagraph(taskId: string, windowId: string): void {
        root.stack.push(paragraph, {"model": root.models.paragraph(taskId, windowId)});
    }

    // A path: of the document to begin with.
    function openImport(file: string): void {
        const model = root.models.documentImport();
        root.stack.push(importPage, {"model": model});
        if (file !== "")
            model.openFile(Qt.resolvedUrl("file:///" + file));
    }

    // The same of a form that a unit has filled in; a unit's people come here too.
    function openReturned(file: string): void {
        const model = root.models.returnedForm();
        root.stack.push(returnedPage, {"model": model});
        if (file !== "")
            model.openFile(Qt.resolvedUrl("file:///" + file));
    }

    // The same of a notice on days off.
    function openHolidays(file: string): void {
        const model = root.models.holidays();
        root.stack.push(holidays, {"model": model});
        if (file !== "")
            model.openFile(Qt.resolvedUrl("file:///" + file));
    }

    function openCode(digits: string): void {
        const model = root.models.formCode();
        root.stack.push(code, {"model": model});
        model.code = digits;
        model.check();
    }

    // What `hezhang --page` and the office's list name, at its slashes. The place itself is open already.
    function open(parts: var): void {
        if (parts[0] in root.ways)
            root.ways[parts[0]](parts);
    }

    // The place of the program that a page of these belongs to; empty: none of these pages.
    function placeOf(page: string): string {
        return page === "office" || page in root.ways ? "office" : "";
    }

    visible: false

    Component {
        id: office

        OfficePage {
            onPicked: name => root.open([name])
        }
    }

    Component {
        id: matrix

        MatrixPage {
            onBack: root.stack.pop()
            onReviewPicked: (taskId, unitId, windowId) => root.openReview(taskId, unitId, windowId)
            onParagraphsPicked: windowId => root.openParagraphs(windowId)
            onContradictionsPicked: windowId => root.openContradictions(windowId)
        }
    }

    Component {
        id: contradictions

        ContradictionListPage {
            onBack: root.stack.pop()
            onTaskPicked: taskId => root.taskPicked(taskId)
            onReviewPicked: (taskId, unitId, windowId) => root.openReview(taskId, unitId, windowId)
        }
    }

    Component {
        id: paragraphs

        ParagraphListPage {
            onBack: root.stack.pop()
            onParagraphPicked: (taskId, windowId) => root.openParagraph(taskId, windowId)
        }
    }

    Component {
        id: paragraph

        ParagraphPage {
            onBack: root.stack.pop()
            onOriginPicked: root.openPrinted(model.taskId, model.windowId)
            onReviewPicked: (taskId, unitId, windowId) => root.openReview(taskId, unitId, windowId)
        }
    }

    Component {
        id: windows

        WindowListPage {
            onBack: root.stack.pop()
            onWindowPicked: windowId => root.openWindow(windowId)
            onMatrixPicked: windowId => root.openMatrix(windowId, false)
            onContradictionsPicked: windowId => root.openContradictions(windowId)
        }
    }

    Component {
        id: windowPage

        WindowPage {
            onBack: root.stack.pop()
            onMatrixPicked: root.openMatrix(model.windowId, false)
            onReviewPicked: (taskId, unitId) => root.openReview(taskId, unitId, model.windowId)
        }
    }

    Component {
        id: printed

        PrintedCellPage {
            onBack: root.stack.pop()
            onReviewPicked: (taskId, unitId, windowId) => root.openReview(taskId, unitId, windowId)
            onHistoryPicked: (recordId, field) => root.historyPicked(recordId, field)
        }
    }

    Component {
        id: years

        YearLinkListPage {
            onBack: root.stack.pop()
            onTaskPicked: taskId => root.taskPicked(taskId)
        }
    }

    Component {
        id: review

        ReviewPage {
            property string taskId

            onBack: root.stack.pop()
            onTaskPicked: root.taskPicked(taskId)
            onHistoryPicked: (recordId, field) => root.historyPicked(recordId, field)
        }
    }

    Component {
        id: asides

        AsideListPage {
            onBack: root.stack.pop()
        }
    }

    Component {
        id: importPage

        ImportPage {
            onBack: root.stack.pop()
            onWindowsPicked: root.open(["windows"])
            onYearsPicked: root.openYears(model.ledgerId)
        }
    }

    Component {
        id: returnedPage

        ReturnedFormPage {
            onBack: root.stack.pop()
        }
    }

    Component {
        id: holidays

        HolidaysPage {
            onBack: root.stack.pop()
        }
    }

    Component {
        id: units

        UnitListPage {
            onBack: root.stack.pop()
        }
    }

    Component {
        id: code

        PrintedCodePage {
            onBack: root.stack.pop()
        }
    }

    Component {
        id: exportForm

        ExportPage {
            onBack: root.stack.pop()
        }
    }

    Component {
        id: devices

        DeviceListPage {
            onBack: root.stack.pop()
            onInvitationPicked: root.open(["invitation"])
        }
    }

    Component {
        id: invitation

        InvitationPage {
            onBack: root.stack.pop()
        }
    }
}
