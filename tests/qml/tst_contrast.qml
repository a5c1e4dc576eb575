// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Every colour of text on every colour it is put on: 4.5 to 1 at least; lines and rings of controls 3 to 1 (WCAG 2.2, 1.4.3 and 1.4.11).
import QtQuick
import QtTest
import Hezhang.Ui

TestCase {
    name: "Contrast"

    function channel(value) {
        return value <= 0.03928 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }

    function luminance(colour) {
        return 0.2126 * channel(colour.r) + 0.7152 * channel(colour.g) + 0.0722 * channel(colour.b);
    }

    function contrast(one, other) {
        const lights = [luminance(one), luminance(other)].sort((a, b) => b - a);
        return (lights[0] + 0.05) / (lights[1] + 0.05);
    }

    function pairs() {
        const sheets = ["page", "surface", "surfaceSunken", "surfaceHover", "surfacePressed"];
        const list = [];
        for (const ink of ["text", "textMuted", "accent"])
            for (const sheet of sheets.concat(["accentSoft"]))
                list.push([ink, sheet, 4.5]);
        for (const tone of ["neutral", "info", "good", "warn", "bad", "conflict"])
            for (const sheet of ["page", "surface", tone + "Soft"])
                list.push([tone + "Text", sheet, 4.5]);
        for (const tone of ["info", "good", "warn", "bad", "conflict"])
            list.push(["text", tone + "Soft", 4.5]);
        for (const fill of ["accent", "accentHover", "accentPressed"])
            list.push(["inkOnAccent", fill, 4.5]);
        for (const fill of ["danger", "dangerHover"])
            list.push(["inkOnDanger", fill, 4.5]);
        for (const line of ["lineStrong", "focus"])
            for (const sheet of sheets.slice(0, 3))
                list.push([line, sheet, 3]);
        return list;
    }

    function test_everyTextCanBeRead_data() {
        const rows = [];
        for (const dark of [false, true])
            for (const [ink, sheet, least] of pairs())
                rows.push({"tag": `${ink} on ${sheet}, ${dark ? "dark" : "light"}`, "ink": ink, "sheet": sheet, "least": least, "dark": dark});
        return rows;
    }

    function test_everyTextCanBeRead(data) {
        Style.dark = data.dark;

        const found = contrast(Style[data.ink], Style[data.sheet]);

        verify(found >= data.least, `${found.toFixed(2)} to 1, wanted ${data.least}`);
    }

    function test_blackOnWhiteIsTwentyOne() {
        fuzzyCompare(contrast(Qt.color("black"), Qt.color("white")), 21, 0.01);
    }

    function cleanup() {
        Style.dark = false;
    }
}
