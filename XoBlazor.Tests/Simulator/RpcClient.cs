using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Simulator;

/// <summary>A bare JSON-RPC 2.0 client of a simulated pool: shows answers as they are.</summary>
internal sealed class RpcClient(Uri address) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true } })
    {
        BaseAddress = address,
        Timeout = Patience.Limit,
    };

    public string Session { get; private set; } = "";

    public static async Task<RpcClient> LogInAsync(Uri address, CancellationToken cancellation)
    {
        var client = new RpcClient(address);
        client.Session = (await client.ResultAsync("session.login_with_password", cancellation, "root", "secret", "2.0", "tests")).GetString()!;
        return client;
    }

    /// <summary>The result of a call under the session.</summary>
    public Task<JsonElement> CallAsync(string method, CancellationToken cancellation, params object?[] parameters) =>
        ResultAsync(method, cancellation, [Session, .. parameters]);

    public async Task<string[]> FailureAsync(string method, CancellationToken cancellation, params object?[] parameters)
    {
        var answer = await SendAsync(method, cancellation, [Session, .. parameters]);
        var error = answer.GetProperty("error");
        return [error.GetProperty("message").GetString()!, .. error.GetProperty("data").EnumerateArray().Select(p => p.GetString()!)];
    }

    public async Task<JsonElement> SendAsync(string method, CancellationToken cancellation, params object?[] parameters)
    {
        var body = JsonSerializer.Serialize(new { jsonrpc = "2.0", id = 1, method, @params = parameters });
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await PostAsync(content, cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellation));
        return document.RootElement.Clone();
    }

    public void Dispose() => _http.Dispose();

    /// <summary>A connection that is cut in the moment it stands comes out of HttpClient as a bare socket error: told like any other cut.</summary>
    private async Task<HttpResponseMessage> PostAsync(HttpContent content, CancellationToken cancellation)
    {
        try
        {
            return await _http.PostAsync("jsonrpc", content, cancellation);
        }
        catch (SocketException cut)
        {
            throw new HttpRequestException(cut.Message, cut);
        }
    }

    private async Task<JsonElement> ResultAsync(string method, CancellationToken cancellation, params object?[] parameters)
    {
        var answer = await SendAsync(method, cancellation, parameters);
        return answer.TryGetProperty("result", out var result) ? result : throw new InvalidOperationException($"{method}: {answer}");
    }
}
