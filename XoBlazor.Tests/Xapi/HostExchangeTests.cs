using System.Text;
using XoBlazor.Core.Xapi;
using XoBlazor.Core.Xapi.Wire;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Xapi;

public sealed class HostExchangeTests : IDisposable
{
    private static readonly XapiEndpoint s_host = XapiEndpoint.Parse("https://[fe80::1]:8443");

    private readonly CancellationTokenSource _patience = Patience.Source();

    private CancellationToken Token => _patience.Token;

    [Fact]
    public async Task Open_TellsWhoAndWhere_AndWhatComes()
    {
        var line = new Line("HTTP/1.1 200 OK\r\n\r\n");

        await using var exchange = await HostExchange.OpenAsync(line, "PUT", "/import?a=b", s_host, "OpaqueRef:1 2", 42, Token);
        await exchange.WriteAsync("bytes"u8.ToArray(), Token);

        Assert.Equal("PUT /import?a=b HTTP/1.1\r\nHost: [fe80::1]:8443\r\nCookie: session_id=OpaqueRef%3A1%202\r\nConnection: close\r\nContent-Length: 42\r\n\r\nbytes", line.Sent);
    }

    [Theory]
    [InlineData("HTTP/1.0 200 OK\r\ncontent-type: x\r\n\r\nabc", 200, null, "abc")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nabc", 200, null, "ab")]
    [InlineData("HTTP/1.1 302 Found\r\nlocation: https://10.0.0.2/import?x\r\n\r\n", 302, "https://10.0.0.2/import?x", "")]
    [InlineData("HTTP/1.1 500 Internal Error\r\nno colon\r\n\r\n<html>", 500, null, "<html>")]
    public async Task Answer_IsReadAsFarAsItGoes(string answer, int status, string? location, string body)
    {
        await using var exchange = await HostExchange.OpenAsync(new Line(answer), "GET", "/", s_host, "s", null, Token);
        using var all = new MemoryStream();
        await exchange.CopyToAsync(all, Token);

        Assert.Equal((status, location, body), (exchange.Status, exchange.Location, Encoding.ASCII.GetString(all.ToArray())));
    }

    [Fact]
    public async Task Answer_ThatEndsTooEarly_IsAFailure()
    {
        await using var exchange = await HostExchange.OpenAsync(new Line("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"), "GET", "/", s_host, "s", null, Token);
        using var all = new MemoryStream();

        await Assert.ThrowsAsync<EndOfStreamException>(() => exchange.CopyToAsync(all, Token));
    }

    [Theory]
    [InlineData("", typeof(EndOfStreamException))]
    [InlineData("HTTP/1.1 200 OK\r\nSet-Cookie: x", typeof(EndOfStreamException))]
    [InlineData("RFB 003.008\n\r\n\r\n", typeof(HttpIOException))]
    [InlineData("HTTP/1.1 2oo OK\r\n\r\n", typeof(HttpIOException))]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", typeof(InvalidDataException))]
    public async Task Answer_ThatIsNone_IsAFailure_AndTheLineIsCut(string answer, Type failure)
    {
        var line = new Line(answer);

        var failed = await Assert.ThrowsAnyAsync<Exception>(() => HostExchange.OpenAsync(line, "GET", "/", s_host, "s", null, Token));

        Assert.Equal(failure, failed.GetType());
        Assert.True(line.IsCut);
    }

    [Fact]
    public async Task Answer_WithoutAnEndOfItsHead_IsNotReadForEver() =>
        await Assert.ThrowsAsync<InvalidDataException>(() => HostExchange.OpenAsync(new Line("HTTP/1.1 200 OK\r\nX: " + new string('x', 1 << 20)), "GET", "/", s_host, "s", null, Token));

    public void Dispose() => _patience.Dispose();

    /// <summary>A host that says one thing, byte by byte at first, and hears everything.</summary>
    private sealed class Line(string says) : Stream
    {
        private readonly MemoryStream _sent = new();
        private readonly byte[] _says = Encoding.ASCII.GetBytes(says);
        private int _at;

        public string Sent => Encoding.ASCII.GetString(_sent.ToArray());

        public bool IsCut { get; private set; }

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var length = Math.Min(_at < 100 ? 1 : 1000, Math.Min(buffer.Length, _says.Length - _at));
            _says.AsMemory(_at, length).CopyTo(buffer);
            _at += length;
            return new(length);
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => _sent.WriteAsync(buffer, cancellationToken);
        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;
        public override void Flush() { }
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            IsCut = true;
            base.Dispose(disposing);
        }
    }
}
