using Microsoft.Extensions.Logging.Console;

namespace Garam.Hosting;

/// <summary>The program's own log: one line an event on the error stream, JSON when it is not read on a terminal.</summary>
internal static class Logs
{
    public static void Configure(ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        // A port in use is told in a sentence by the command; the host would add its stack trace.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        // That keys lie unencrypted in the data folder is so on purpose: the folder is as safe as what it guards.
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        // An aborted request is the client's affair; its exception is no news.
        logging.AddFilter("Microsoft.AspNetCore.Diagnostics", LogLevel.Error);
        if (Console.IsErrorRedirected && Environment.GetEnvironmentVariable("GARAM_LOG_TEXT") is null)
            logging.AddJsonConsole(json => json.UseUtcTimestamp = true);
        else
            logging.AddSimpleConsole(text => { text.SingleLine = true; text.TimestampFormat = "HH:mm:ss "; text.ColorBehavior = LoggerColorBehavior.Default; });
        // It would warn that the keys of session cookies are not encrypted; they lie in a folder that only this account reads.
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
