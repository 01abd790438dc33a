using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Garam.Platform.Tests.Notifications;

/// <summary>A real mail server (aiosmtpd) of its own process, that fails when it is told to; see testdata/smtp/peer.py.</summary>
internal sealed class SmtpPeer : IDisposable
{
    public const string User = "garam";
    public const string Password = "한 secret";

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _answers = new();
    private readonly ConcurrentQueue<JsonElement> _mails = new();

    private SmtpPeer(Process process, int port)
    {
        _process = process;
        Port = port;
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.BeginOutputReadLine();
    }

    public int Port { get; }

    public IReadOnlyList<JsonElement> Mails => [.. _mails];

    /// <param name="secure">Demands STARTTLS and a password; the certificate is in the folder's <c>cert.pem</c>.</param>
    public static async Task<SmtpPeer> StartAsync(TemporaryFolder folder, bool secure)
    {
        var port = FreePort();
        string[] arguments = [Path.Combine(AppContext.BaseDirectory, "testdata", "smtp", "peer.py"), port.ToString(System.Globalization.CultureInfo.InvariantCulture)];
        if (secure)
        {
            MakeCertificate(folder);
            arguments = [.. arguments, "--certificate", folder.File("cert.pem"), "--key", folder.File("key.pem"), "--user", User, "--password", Password];
        }

        var peer = new SmtpPeer(Start(Python(), arguments), port);
        await peer.AnswerAsync("up");
        return peer;
    }

    /// <summary>A self-signed certificate for localhost that nobody trusts by itself.</summary>
    public static void MakeCertificate(TemporaryFolder folder)
    {
        using var openssl = Start(
            "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", folder.File("key.pem"), "-out", folder.File("cert.pem"), "-days", "2",
            "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost");
        openssl.StandardOutput.ReadToEnd();
        openssl.WaitForExit();
        openssl.ExitCode.ShouldBe(0);
    }

    public async Task TellAsync(string command)
    {
        await _process.StandardInput.WriteLineAsync(command);
        await _process.StandardInput.FlushAsync();
        await AnswerAsync(command);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static string Python()
    {
        var python = Environment.GetEnvironmentVariable("GARAM_PYTHON") ?? (File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3");
        using var look = Start(python, "-c", "import aiosmtpd");
        look.WaitForExit();
        if (look.ExitCode != 0)
            Assert.Skip("aiosmtpd is not installed: apt-get install python3-aiosmtpd");
        return python;
    }

    private static Process Start(string program, params string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
    })!;

    /// <summary>
    /// A port of loopback for a program that cannot ask for any: from below those that the system gives to whoever asks, or another test would
    /// get it in between.
    /// </summary>
    private static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(20_000, 30_000);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
            {
                // Somebody has it: another.
            }
        }
    }

    private Task AnswerAsync(string command) => Until.True(() => _answers.TryDequeue(out var answer) && answer == command, $"the mail server says '{command}'");

    private void Read(string? line)
    {
        if (line is null)
            return;
        var told = JsonDocument.Parse(line).RootElement;
        if (told.ValueKind == JsonValueKind.String)
            _answers.Enqueue(told.GetString()!);
        else
            _mails.Enqueue(told);
    }
}
