using System.Net;
using System.Net.Security;
using XoBlazor.Core.Transfers.Remote;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Transfers.Remote;

/// <summary>Whoever names an address reaches the public Internet through us and nothing else, by whatever trick.</summary>
public sealed class RemoteFilesTests
{
    private static readonly IPNetwork s_loopback = IPNetwork.Parse("127.0.0.0/8");
    private static readonly IPAddress s_here = IPAddress.Loopback;

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("185.15.59.224", true)]
    [InlineData("2a02:ec80:300:ed1a::1", true)]
    [InlineData("0.0.0.0", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.255.255.254", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("172.16.0.1", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("192.168.1.1", false)]
    [InlineData("198.18.0.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::", false)]
    [InlineData("::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fe80::1%1", false)]
    [InlineData("fc00::1", false)]
    [InlineData("fd12:3456::1", false)]
    [InlineData("ff02::1", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("::127.0.0.1", false)]
    [InlineData("::ffff:169.254.169.254", false)]
    [InlineData("::ffff:0:127.0.0.1", false)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("64:ff9b::8.8.8.8", false)]
    [InlineData("64:ff9b:1::a00:1", false)]
    [InlineData("2002:808:808::", false)]
    [InlineData("fec0::1", false)]
    [InlineData("100::1", false)]
    [InlineData("5f00::1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("2001:0:4136:e378::", false)]
    public void Address_IsPublicOrNot(string address, bool isPublic) => Assert.Equal(isPublic, PublicAddresses.Contains(IPAddress.Parse(address)));

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://example.org/x")]
    [InlineData("gopher://example.org/x")]
    [InlineData("//example.org/x")]
    [InlineData("example.org/x")]
    [InlineData("http://ada:secret@example.org/x")]
    [InlineData("javascript:alert(1)")]
    [InlineData("")]
    public void Address_ThatIsNone_IsRefused(string address) => Assert.Throws<RemoteFileException>(() => RemoteAddress.Read(address));

    [Fact]
    public void WhatIsWrittenDown_HoldsNoKey() =>
        Assert.Equal(("https://files.example.org/a/b.xva?…", "…"), (RemoteAddress.WithoutSecrets("https://ada:pw@files.example.org/a/b.xva?signature=s3cr3t#x"), RemoteAddress.WithoutSecrets("s3cr3t")));

    [Fact]
    public async Task File_OfAnAllowedNetwork_IsFetched()
    {
        using var patience = Patience.Source();
        await using var server = new FileServer();
        server.File("/disk.raw", [1, 2, 3]).Redirect("/moved", "/disk.raw");

        await using var file = await Files(s_loopback).OpenAsync(server.At("/moved"), patience.Token);
        using var content = new MemoryStream();
        await file.Content.CopyToAsync(content, patience.Token);

        Assert.Equal(3, file.Length);
        Assert.Equal([1, 2, 3], content.ToArray());
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("2130706433")]
    [InlineData("0x7f.1")]
    [InlineData("[::ffff:127.0.0.1]")]
    public async Task Loopback_ByWhateverName_IsNotReached(string host)
    {
        using var patience = Patience.Source();
        await using var server = new FileServer();
        server.File("/x", [1]);

        var refused = await Assert.ThrowsAsync<RemoteFileException>(() => Files().OpenAsync(server.At("/x", host), patience.Token));

        Assert.Contains("not on the public Internet", refused.Message, StringComparison.Ordinal);
        Assert.Empty(server.Asked);
    }

    [Fact]
    public async Task Redirect_ToWhatIsNotAllowed_IsNotFollowed()
    {
        using var patience = Patience.Source();
        await using var outside = new FileServer("127.0.0.2");
        await using var inside = new FileServer("127.0.0.1");
        inside.File("/secret", [1]);
        outside.Redirect("/x", inside.At("/secret")).Redirect("/file", "file:///etc/passwd").Redirect("/round", "/round");
        var files = Files(IPNetwork.Parse("127.0.0.2/32"));

        var hidden = await Assert.ThrowsAsync<RemoteFileException>(() => files.OpenAsync(outside.At("/x", "127.0.0.2"), patience.Token));
        await Assert.ThrowsAsync<RemoteFileException>(() => files.OpenAsync(outside.At("/file", "127.0.0.2"), patience.Token));
        var round = await Assert.ThrowsAsync<RemoteFileException>(() => files.OpenAsync(outside.At("/round", "127.0.0.2"), patience.Token));

        Assert.Contains("not on the public Internet", hidden.Message, StringComparison.Ordinal);
        Assert.Contains("without end", round.Message, StringComparison.Ordinal);
        Assert.Empty(inside.Asked);
    }

    /// <summary>Who listens on the way could change what comes, or where it leads next.</summary>
    [Fact]
    public async Task Redirect_FromHttpsToHttp_IsNotFollowed()
    {
        using var patience = Patience.Source();
        using var certificate = FileServer.MakeCertificate();
        await using var safe = new FileServer(certificate: certificate);
        await using var open = new FileServer();
        open.File("/x", [1]);
        safe.Redirect("/down", open.At("/x")).Redirect("/along", "/file").File("/file", [5]);
        var files = new RemoteFiles([s_loopback], static (host, token) => Dns.GetHostAddressesAsync(host, token), TimeProvider.System, new() { RemoteCertificateValidationCallback = static (_, _, _, _) => true });

        var refused = await Assert.ThrowsAsync<RemoteFileException>(() => files.OpenAsync(safe.At("/down"), patience.Token));
        await using var file = await files.OpenAsync(safe.At("/along"), patience.Token);

        Assert.Contains("from https to http", refused.Message, StringComparison.Ordinal);
        Assert.Empty(open.Asked);
        Assert.Equal(5, file.Content.ReadByte());
    }

    [Fact]
    public async Task Certificate_ThatNobodyTrusts_IsRefused()
    {
        using var patience = Patience.Source();
        using var certificate = FileServer.MakeCertificate();
        await using var server = new FileServer(certificate: certificate);
        server.File("/x", [1]);

        var refused = await Assert.ThrowsAsync<RemoteFileException>(() => Files(s_loopback).OpenAsync(server.At("/x"), patience.Token));

        Assert.Contains("does not trust", refused.Message, StringComparison.Ordinal);
        Assert.Empty(server.Asked);
    }

    [Fact]
    public async Task Name_ThatLeadsElsewhereTheSecondTime_IsLookedUpOnceAConnection()
    {
        using var patience = Patience.Source();
        await using var first = new FileServer("127.0.0.2");
        await using var second = new FileServer("127.0.0.1");
        first.File("/x", [7]).Redirect("/again", $"http://rebind.example:{second.Port}/x");
        second.File("/x", [9]);
        var asked = 0;
        // Public at the first look, ours at every other.
        Task<IPAddress[]> LookUp(string host, CancellationToken token) => Task.FromResult<IPAddress[]>([asked++ == 0 ? IPAddress.Parse("127.0.0.2") : s_here]);

        await using (var file = await Files(LookUp, IPNetwork.Parse("127.0.0.2/32")).OpenAsync(first.At("/x", "rebind.example"), patience.Token))
            Assert.Equal(7, file.Content.ReadByte());
        var lookedUp = asked;
        asked = 0;
        await Assert.ThrowsAsync<RemoteFileException>(() => Files(LookUp, IPNetwork.Parse("127.0.0.2/32")).OpenAsync(first.At("/again", "rebind.example"), patience.Token));

        Assert.Equal(1, lookedUp);
        Assert.Empty(second.Asked);
    }

    [Fact]
    public async Task Name_WithAPublicAndAPrivateAddress_IsRefusedAsAWhole()
    {
        using var patience = Patience.Source();
        await using var server = new FileServer("127.0.0.2");
        server.File("/x", [1]);

        await Assert.ThrowsAsync<RemoteFileException>(() => Files((_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("127.0.0.2"), s_here]), IPNetwork.Parse("127.0.0.2/32"))
            .OpenAsync(server.At("/x", "both.example"), patience.Token));

        Assert.Empty(server.Asked);
    }

    [Fact]
    public async Task Server_ThatHasNoSuchFile_IsToldByItsStatus()
    {
        using var patience = Patience.Source();
        await using var server = new FileServer();

        var refused = await Assert.ThrowsAsync<RemoteFileException>(() => Files(s_loopback).OpenAsync(server.At("/none"), patience.Token));

        Assert.Contains("404", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_ThatAreNoNetwork_AreToldByName() =>
        Assert.Contains("'everything'", new RemoteFileOptions { AllowedNetworks = { "10.0.0.0/8", "everything" } }.Validate(new(new object())).Single().ErrorMessage, StringComparison.Ordinal);

    private static RemoteFiles Files(params IPNetwork[] allowed) => Files(static (host, token) => Dns.GetHostAddressesAsync(host, token), allowed);

    private static RemoteFiles Files(Func<string, CancellationToken, Task<IPAddress[]>> lookUp, params IPNetwork[] allowed) => new(allowed, lookUp, TimeProvider.System, new SslClientAuthenticationOptions());
}
