// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// hezhang, the window client: start-up and wiring.
#include <QtQml/qqmlextensionplugin.h>
#include <QGuiApplication>
#include <QQmlApplicationEngine>
#include <QQuickItem>
#include <QQuickWindow>
#include <algorithm>
#include <cstdio>
#include <string_view>

#include "qml/engine_setup.h"
#include "src/app/measure.h"
#include "src/app/options.h"
#include "src/ledger/blobs.h"
#include "src/ui/models.h"
#include "src/ui/settings.h"
#include "sync/transport/curl_transport.h"

Q_IMPORT_QML_PLUGIN(Hezhang_ModelPlugin)

namespace hezhang::app {

static ui::TransportFactory transportsOf(const std::string& home) {
    return [home](const std::string& url,
                  const std::atomic<bool>& cancel) -> Result<std::unique_ptr<sync::Transport>> {
        HZ_TRY(auto transport, sync::CurlTransport::open(
                                   url, {.fileBytesPerSecond = ledger::fileRate(home), .cancel = &cancel}));
        return std::unique_ptr<sync::Transport>(std::move(transport));
    };
}

static void apply(const Options& options, QQmlApplicationEngine& engine, ui::AppSession& session,
                  ui::Models& models, ui::Settings& settings) {
    qml::prepareEngine(engine);
    qml::showLanguage(engine, settings.language());
    QObject::connect(&settings, &ui::Settings::languageChanged, &engine, [&] {
        qml::showLanguage(engine, settings.language());
        // Rows are put into words where they are read.
        emit session.reader().changed();
    });
    engine.setInitialProperties(
        {{QStringLiteral("session"), QVariant::fromValue(&session)},
         {QStringLiteral("models"), QVariant::fromValue(&models)},
         {QStringLiteral("settings"), QVariant::fromValue(&settings)},
         {QStringLiteral("firstPage"), options.page.isEmpty() ? settings.page() : options.page}});
}

// Whether a picture of the page is still being read in the background.
static bool isReadingPictures(const QQuickItem& item) {
    constexpr int kLoading = 2;  // of Image.status
    const QList<QQuickItem*> children = item.childItems();
    return (item.inherits("QQuickImageBase") && item.property("status").toInt() == kLoading) ||
           std::any_of(children.begin(), children.end(),
                       [](const QQuickItem* child) { return isReadingPictures(*child); });
}

// Writes the picture when the page says it has its content, its own pictures are read, and one frame more was
// drawn.
static void grabWhenSettled(QQuickWindow& window, const QString& file) {
    QObject::connect(
        &window, &QQuickWindow::frameSwapped, &window,
        [&window, file] {
            if (!window.property("isSettled").toBool()) {
                return;
            }
            if (isReadingPictures(*window.contentItem())) {
                window.update();
                return;
            }
            const bool isWritten = window.grabWindow().save(file);
            QCoreApplication::exit(isWritten ? 0 : 1);
        },
        Qt::QueuedConnection);
}

// What the command line asks for holds for this run. Pictures and measurements neither read nor change what a
// person has set.
static void prepare(const Options& options, ui::Settings& settings) {
    if (!options.language.isEmpty()) {
        settings.overrideForRun(QStringLiteral("language"), options.language);
    }
    if (options.isLarge) {
        settings.overrideForRun(QStringLiteral("isLarge"), true);
    }
    if (options.isDark) {
        settings.overrideForRun(QStringLiteral("isDark"), true);
    }
}

static void showAsLeft(const Options& options, const ui::Settings& settings, QQuickWindow& window) {
    const QSize size = options.size ? *options.size : settings.windowSize();
    if (!size.isEmpty()) {
        window.resize(size);
    }
    if (settings.isMaximized() && !options.size) {
        window.showMaximized();
    } else {
        window.show();
    }
}

static int run(const Options& options) {
    const bool isForPictures = !options.grab.isEmpty() || options.isMeasuring;
    ui::Settings settings(isForPictures ? QString() : ui::Settings::standardFile());
    prepare(options, settings);
    ui::AppSession session(transportsOf(options.home.toStdString()));
    if (options.isOffline || !options.grab.isEmpty()) {
        session.store().setAutomaticSync(false);
    }
    ui::Models models(session);
    models.setSettings(settings);
    // Before the window: the home is read while QML is loaded.
    session.open(options.home);
    QQmlApplicationEngine engine;
    apply(options, engine, session, models, settings);
    engine.load(QUrl(QStringLiteral("qrc:/qt/qml/Hezhang/Ui/Main.qml")));
    auto* window = qobject_cast<QQuickWindow*>(engine.rootObjects().value(0));
    if (window == nullptr) {
        std::fputs("hezhang: the window cannot be shown: install the QML modules of Qt\n", stderr);
        return 1;
    }
    app::Measure measure(*window, options.page, options.measured);
    if (options.isMeasuring) {
        QObject::connect(window, SIGNAL(isSettledChanged()), &measure, SLOT(lookForContent()));
        QObject::connect(&measure, &Measure::done, qApp, &QCoreApplication::quit);
    }
    if (!options.grab.isEmpty()) {
        grabWhenSettled(*window, options.grab);
    }
    showAsLeft(options, settings, *window);
    return QGuiApplication::exec();
}

}  // namespace hezhang::app

// Help and version are answered without a display too.
static void needNoDisplayForAnswers(int argc, char** argv) {
    const auto isAsked = [](std::string_view option) {
        return option == "-h" || option == "--help" || option == "-v" || option == "--version";
    };
    if (std::any_of(argv + 1, argv + argc, isAsked)) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
    }
}

int main(int argc, char** argv) {
    needNoDisplayForAnswers(argc, argv);
    const QGuiApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("hezhang"));
    QCoreApplication::setApplicationVersion(QStringLiteral(HEZHANG_VERSION));
    const auto parsed = hezhang::app::parseOptions(QCoreApplication::arguments());
    if (!parsed.error.isEmpty()) {
        std::fputs(qPrintable(QStringLiteral("hezhang: %1\n").arg(parsed.error)), stderr);
        return 2;
    }
    if (!parsed.answer.isEmpty()) {
        std::fputs(qPrintable(parsed.answer), stdout);
        return 0;
    }
    hezhang::qml::prepareApplication();
    return hezhang::app::run(parsed.options);
}
