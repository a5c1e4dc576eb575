// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A finger on the window of the real, unchanged `hezhang`: a library that is loaded before it (LD_PRELOAD)
// and reads what the finger does from the standard input.
//
// Why so:  Xvfb has no touch device, XTEST can press buttons and keys only, and an uinput device needs a
// kernel
//          module and an X server that reads it. So the finger comes in where a display would hand it to Qt:
//          at QWindowSystemInterface. All above that is the program's: which item gets the touch, what is a
//          tap, what is a flick, what of it becomes a press. A hook in the program would have tested the
//          hook.
// Shape:   one command a line: press X Y · move X Y · release X Y · write TEXT. Points in the window's
// pixels.
//          `write` commits text to what has the keyboard, as an on-screen keyboard does: no key is pressed.
// Threads: the window's.
#include <unistd.h>
#include <QElapsedTimer>
#include <QGuiApplication>
#include <QInputMethodEvent>
#include <QSocketNotifier>
#include <QTest>
#include <QWindow>
#include <array>

namespace hezhang::test {

static QWindow* shownWindow() {
    for (QWindow* window : QGuiApplication::topLevelWindows()) {
        if (window->isVisible()) {
            return window;
        }
    }
    return nullptr;
}

static void touch(const QByteArray& verb, const QPoint& point) {
    static QPointingDevice* const finger = QTest::createTouchDevice();
    QWindow* const window = shownWindow();
    if (window == nullptr) {
        qWarning("no window to touch");
        return;
    }
    auto sequence = QTest::touchEvent(window, finger, false);
    if (verb == "press") {
        sequence.press(0, point, window);
    } else if (verb == "move") {
        sequence.move(0, point, window);
    } else {
        sequence.release(0, point, window);
    }
    sequence.commit(false);
}

// A person sees the number that stands in a field chosen before he types over it.
static void waitUntilChosen(const QObject* field) {
    constexpr qint64 kLongestMs = 3000;
    constexpr int kTurnMs = 20;
    const bool isNumber =
        field != nullptr && (field->property("inputMethodHints").toInt() & Qt::ImhDigitsOnly) != 0;
    QElapsedTimer waited;
    waited.start();
    while (isNumber && field->property("selectedText") != field->property("text") &&
           waited.elapsed() < kLongestMs) {
        QCoreApplication::processEvents(QEventLoop::AllEvents, kTurnMs);
    }
}

static void write(const QString& text) {
    waitUntilChosen(QGuiApplication::focusObject());
    QInputMethodEvent event;
    event.setCommitString(text);
    QObject* const focus = QGuiApplication::focusObject();
    if (focus == nullptr || !QCoreApplication::sendEvent(focus, &event)) {
        qWarning("nothing to write into");
    }
}

static void obey(const QByteArray& line) {
    const QList<QByteArray> words = line.trimmed().split(' ');
    if (words.first() == "write") {
        write(QString::fromUtf8(line.trimmed().mid(6)));
    } else if (words.size() == 3) {
        touch(words.first(), {words[1].toInt(), words[2].toInt()});
    } else {
        qWarning("a finger cannot do '%s'", line.constData());
    }
}

static void listen() {
    // Belongs to the application.
    auto* const input = new QSocketNotifier(STDIN_FILENO, QSocketNotifier::Read, qApp);
    QObject::connect(input, &QSocketNotifier::activated, qApp, [input, rest = QByteArray()]() mutable {
        std::array<char, 4096> buffer{};
        const ssize_t size = read(STDIN_FILENO, buffer.data(), buffer.size());
        if (size <= 0) {
            input->setEnabled(false);
            return;
        }
        rest.append(buffer.data(), size);
        for (qsizetype end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
            obey(rest.left(end));
            rest.remove(0, end + 1);
        }
    });
}

static void prepare() {
    QMetaObject::invokeMethod(qApp, &listen, Qt::QueuedConnection);
}

Q_COREAPP_STARTUP_FUNCTION(prepare)

}  // namespace hezhang::test
