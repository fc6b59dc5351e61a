using System.Net;
using System.Net.Sockets;
using XoBlazor.App.Accounts.Directories;
using XoBlazor.App.Accounts.Ldap;
using XoBlazor.App.Administration;
using XoBlazor.Core.Access;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Security.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Security;

/// <summary>
/// Our sessions with hosts and directories may do everything, so who may is decided before anything is called. Every operation with every
/// role, with a spy below Xapi: <see cref="Access.MatrixTests"/>. Here what administrators have the server connect to. Class 4 of docs/security.md.
/// </summary>
[Collection(nameof(Estate))]
public sealed class CheckBeforeCallTests(Estate estate) : IDisposable
{
    private readonly TcpListener _spy = new(IPAddress.Loopback, 0);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> People => ["norma", "vera", "olaf"];

    private string Address => _spy.LocalEndpoint.ToString()!;

    [Theory]
    [MemberData(nameof(People))]
    public async Task Connecting_WithoutTheRight_ReachesNobody(string who)
    {
        _spy.Start();
        var requester = new Requester(estate.People.Single(one => one.Name == who).Actor!, "test");
        var directories = estate.Server.Get<DirectoryAdministration>();
        var settings = DirectoryPreset.OpenLdap.Make(Guid.NewGuid(), "Spy", "dc=example,dc=test", "ldaps://" + Address);
        Func<Task>[] attempts =
        [
            () => estate.Server.Get<PoolAdministration>().AddAsync(requester, new(Address, "root", "secret", Accepted: []), Token),
            async () => { await foreach (var _ in directories.TestAsync(requester, settings, "secret", "ada", "secret", Token)) { } },
            () => directories.SaveAsync(requester, settings, "secret", Token),
            () => directories.SynchroniseAsync(requester, estate.Others.Directory, Token),
        ];

        foreach (var attempt in attempts)
            Assert.Contains("does not have the right", (await Assert.ThrowsAsync<AdministrationRefusedException>(attempt)).Message, StringComparison.Ordinal);

        Assert.False(_spy.Pending());
    }

    /// <summary>The spy would have seen it.</summary>
    [Fact]
    public async Task Connecting_WithTheRight_ReachesTheSpy()
    {
        _spy.Start();
        using var patience = Patience.Source();

        var adding = estate.Server.Get<PoolAdministration>().AddAsync(new(estate.Administrator.Actor!, "test"), new(Address, "root", "secret", Accepted: []), patience.Token);
        using (await _spy.AcceptSocketAsync(patience.Token))
            _spy.Stop();

        await adding;
    }

    public void Dispose() => _spy.Dispose();
}
