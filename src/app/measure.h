// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What the start and the pages cost, on this machine and with this home: `hezhang --measure`.
//
// Shape:   one JSON object on standard output: {"first_page_ms", "ready_ms", "pages": [{"page", "ms", "rows",
// "frames", "frame_ms_median", "frame_ms_p95", "frame_ms_max"}], "rss_kb"}. first_page_ms: from the start of
// the process to the first frame that shows the first page's content; ms: from asking for a page to the first
// frame with its content (null for the first one). frames: while the page's list scrolls, first slowly for
// kSlowFrames frames, then by a view's height a frame to its end, fetching what is not there yet.
// Threads: the window's; frame times are taken where the window renders.
#pragma once

#include <QElapsedTimer>
#include <QJsonArray>
#include <QObject>
#include <QPointer>
#include <QQuickWindow>
#include <QStringList>
#include <vector>

namespace hezhang::app {

class Measure : public QObject {
    Q_OBJECT
public:
    static constexpr int kSlowFrames = 300;
    static constexpr int kFramesMax = 4'000;      // of one list: it is left where it is then
    static constexpr int kFramesToFindList = 30;  // a page without a list is measured without scrolling

    // `further`: pages that are opened, one after the other, when the first one is measured.
    Measure(QQuickWindow& window, const QString& firstPage, const QStringList& further);

public slots:
    // Whether the page has its content now; the next frame shows it.
    void lookForContent();

signals:
    void done();

private:
    void onFrame();
    void scroll();
    void finishPage();
    void openNext();
    void print();

    QQuickWindow& m_window;
    QString m_page;
    QStringList m_further;
    QJsonArray m_pages;
    QElapsedTimer m_asked;  // since the page was asked for
    QElapsedTimer m_frame;
    QPointer<QObject> m_view;
    std::vector<double> m_times;
    qint64 m_readyMs = 0;
    qint64 m_firstPageMs = 0;
    qint64 m_pageMs = -1;
    int m_framesSeen = 0;
    bool m_hasContent = false;
    bool m_isDone = false;
};

}  // namespace hezhang::app
