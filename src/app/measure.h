// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What the start and the first page cost, on this machine and with this home: `hezhang --measure`.
//
// Shape:   one JSON object on standard output: {"first_page_ms", "ready_ms", "rows", "rss_kb", "frames",
// "frame_ms_median",
//          "frame_ms_p95", "frame_ms_max"}. first_page_ms: from the start of the process to the first frame
//          that shows the page's content; frames: while the list scrolls from its top for kScrollFrames
//          frames.
// Threads: the window's; frame times are taken where the window renders.
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QQuickWindow>
#include <vector>

namespace hezhang::app {

class Measure : public QObject {
    Q_OBJECT
public:
    static constexpr int kScrollFrames = 300;
    static constexpr int kFramesToFindList = 30;  // a page without a list is measured without scrolling

    explicit Measure(QQuickWindow& window);

public slots:
    // The page has its content now; the next frame shows it.
    void contentIsThere();

signals:
    void done();

private:
    void onFrame();
    void print();

    QQuickWindow& m_window;
    QElapsedTimer m_frame;
    QObject* m_view = nullptr;
    std::vector<double> m_times;
    qint64 m_readyMs = 0;
    qint64 m_firstPageMs = 0;
    int m_framesSeen = 0;
    bool m_hasContent = false;
    bool m_isDone = false;
};

}  // namespace hezhang::app
