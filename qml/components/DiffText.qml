// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A text with what differs from another one marked: added runs in green and underlined, removed ones in red and struck out,
// each with its word in front. runs come
// from C++: a list of {text, kind} with kind "same", "added" or "removed". A screen reader hears the words of each mark.
import QtQuick
import Hezhang.Ui

Text {
    id: root

    required property var runs
    property int size: Style.sizeBody

    function escaped(words: string): string {
        return words.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/\n/g, "<br>");
    }

    // The word of a mark, small, in front of it: colour alone says nothing to many.
    function word(colour: color, words: string): string {
        return `<span style="color:${colour};font-size:${Math.round(root.size * 0.72)}px;">${words}&nbsp;</span>`;
    }

    function marked(run: var): string {
        const inner = escaped(run.text);
        if (run.kind === "added")
            return word(Style.goodText, qsTr("[added]")) + `<span style="color:${Style.goodText};background-color:${Style.goodSoft};text-decoration:underline">${inner}</span>`;
        if (run.kind === "removed")
            return word(Style.badText, qsTr("[left out]")) + `<span style="color:${Style.badText};background-color:${Style.badSoft};text-decoration:line-through">${inner}</span>`;
        return inner;
    }

    function spoken(run: var): string {
        const words = {"added": qsTr("added: %1"), "removed": qsTr("left out: %1")};
        return run.kind in words ? words[run.kind].arg(run.text) : run.text;
    }

    width: parent ? parent.width : implicitWidth
    text: runs.map(run => root.marked(run)).join("")
    color: Style.text
    font.family: Style.fontFamily
    font.pixelSize: size
    lineHeight: 1.2
    textFormat: Text.RichText
    wrapMode: Text.Wrap
    Accessible.role: Accessible.StaticText
    Accessible.name: runs.map(run => root.spoken(run)).join(" ")
}
