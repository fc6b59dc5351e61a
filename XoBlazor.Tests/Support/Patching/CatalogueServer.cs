using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace XoBlazor.Tests.Support.Patching;

/// <summary>
/// A web server as the maker of XenServer has one, for a catalogue and the files in it: on loopback, on a port of its own, with what the tests put on it. Each file
/// may be slow, cut, wrong, without a length, or want a name and a password; parts of it are given by Range unless that is off.
/// </summary>
internal sealed class CatalogueServer : IAsyncDisposable
{
    private const int Piece = 16 * 1024;

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, ServedFile> _files = [];
    private readonly ConcurrentQueue<string> _requests = [];
    private readonly CancellationTokenSource _end = new();

    private CatalogueServer(WebApplication app) => _app = app;

    public Uri Address { get; private set; } = null!;

    /// <summary>What was asked for, in order: method, path and, if there was one, the range.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    public static async Task<CatalogueServer> StartAsync(CancellationToken cancellation)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Limits.MinResponseDataRate = null;
        });
        var app = builder.Build();
        var server = new CatalogueServer(app);
        app.Run(server.AnswerAsync);
        await app.StartAsync(cancellation);
        server.Address = new(app.Urls.Single());
        return server;
    }

    /// <summary>Puts a file under a path; its address.</summary>
    public Uri Serve(string path, ServedFile file)
    {
        _files[$"/{path}"] = file;
        return new(Address, path);
    }

    public Uri Serve(string path, byte[] content) => Serve(path, new ServedFile(content));

    public Uri Serve(string path, string content) => Serve(path, Encoding.UTF8.GetBytes(content));

    public async ValueTask DisposeAsync()
    {
        // A test may have ended it already.
        if (_end.IsCancellationRequested)
            return;
        await _end.CancelAsync();
        await _app.DisposeAsync();
        _end.Dispose();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        var range = http.Request.Headers.Range.ToString();
        _requests.Enqueue($"{http.Request.Method} {http.Request.Path}{(range.Length > 0 ? $" {range}" : "")}");
        if (!_files.TryGetValue(http.Request.Path, out var file))
        {
            http.Response.StatusCode = 404;
            return;
        }

        if (file.Credentials is { } credentials && http.Request.Headers.Authorization != $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials))}")
        {
            http.Response.StatusCode = 401;
            http.Response.Headers.WWWAuthenticate = "Basic realm=\"updates\"";
            return;
        }

        var content = file.Content.AsMemory();
        if (file.TakesRanges)
        {
            http.Response.Headers.AcceptRanges = "bytes";
            if (Start(range) is { } start)
            {
                http.Response.StatusCode = start < content.Length ? 206 : 416;
                http.Response.Headers.ContentRange = start < content.Length ? $"bytes {start}-{content.Length - 1}/{content.Length}" : $"bytes */{content.Length}";
                content = content[Math.Min(start, content.Length)..];
            }
        }

        if (file.TellsLength) http.Response.ContentLength = content.Length;
        if (http.Request.Method != "HEAD") await SendAsync(http, file, content);
    }

    private async Task SendAsync(HttpContext http, ServedFile file, ReadOnlyMemory<byte> content)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, _end.Token);
        var end = Math.Min(content.Length, file.CutAt ?? int.MaxValue);
        for (var sent = 0; sent < end; sent += Piece)
        {
            if (file.Pause > TimeSpan.Zero) await Task.Delay(file.Pause, gone.Token);
            await http.Response.Body.WriteAsync(content[sent..Math.Min(sent + Piece, end)], gone.Token);
            await http.Response.Body.FlushAsync(gone.Token);
        }

        if (end < content.Length) http.Abort();
    }

    /// <summary>Where an open range begins; others are not asked for by those who resume.</summary>
    private static int? Start(string range) =>
        range.StartsWith("bytes=", StringComparison.Ordinal) && range.EndsWith('-') && int.TryParse(range[6..^1], out var start) ? start : null;
}
