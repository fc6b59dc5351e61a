using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using XoBlazor.App.Accounts;
using XoBlazor.App.Accounts.Passwords;
using XoBlazor.App.Data;
using XoBlazor.Tests.App.Accounts.Ldap.Support;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Security.Support;

namespace XoBlazor.Tests.Security;

/// <summary>
/// What costs whoever knocks nothing costs the server little: passwords are hashed a few at a time, a directory that hangs holds nobody up who does not
/// need it, and failing at one door counts at all. Class 24 of docs/security.md; the sizes, depths and rates of messages are in the tests of each face.
/// </summary>
public sealed class CheapRequestsTests
{
    public static TheoryData<string, string> Pairs => Doors.Pairs;

    [Fact]
    public async Task Passwords_AtAllDoorsAtOnce_AreHashedAFewAtATime()
    {
        var hasher = new CountingHasher();
        await using var server = new TestServer().With(services => services.AddSingleton<IPasswordHasher<Account>>(hasher));
        server.Browser().Dispose();
        // Of names that nobody has: those of one account take turns anyway.
        var knocks = new List<Knocker>();
        foreach (var door in Doors.All.Where(door => door.TakesNames))
            for (var i = 0; i < AddressDelay.Free / 3; i++)
                knocks.Add(await door.ApproachAsync(server, $"nobody-{i}", ""));

        await Task.WhenAll(knocks.Select(knock => Task.Run(() => knock("wrong"))));

        Assert.InRange(hasher.MostAtOnce, 1, HashingGate.Most);
    }

    [Fact]
    public async Task DirectoryThatHangs_HoldsUpNobodyWhosePasswordIsKeptHere()
    {
        await using var directory = new DirectoryServer();
        await directory.InitializeAsync();
        var inside = new List<(IDoor Door, Knocker Knock)>();
        foreach (var door in Doors.All)
            inside.Add((door, await directory.ApproachAsync(door.Name, TestServer.Admin, TestServer.Password)));
        directory.Relay.Hang();
        var waiting = new List<Task<Knock>>();
        foreach (var door in Doors.All.Where(door => door.TakesNames))
            foreach (var kind in (string[])["frank", "hugo"])
            {
                var name = $"{kind}{Doors.Number(door.Name)}";
                waiting.Add((await directory.ApproachAsync(door.Name, name))(ExampleDirectory.PasswordOf(name)));
            }

        foreach (var (door, knock) in inside)
            Assert.True((await knock(TestServer.Password)).IsIn, door.Name);

        Assert.All(waiting, one => Assert.False(one.IsCompleted));
        directory.Relay.GoOn();
        Assert.All(await Task.WhenAll(waiting), one => Assert.True(one.IsIn));
    }

    [Fact]
    public async Task NameOfAnySize_IsRefusedWithoutAskingTheDirectory()
    {
        await using var directory = new DirectoryServer();
        await directory.InitializeAsync();
        var before = directory.Relay.Connections;

        foreach (var door in Doors.All.Where(door => door.TakesNames))
            Assert.False((await (await directory.ApproachAsync(door.Name, new string('a', 40_000), ""))("wrong")).IsIn, door.Name);

        Assert.Equal(before, directory.Relay.Connections);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task FailuresAtOneDoor_AreWaitedForAtAnother(string first, string second)
    {
        await using var server = new TestServer();
        var (here, there) = (await Doors.Find(first).ApproachAsync(server, "nobody", ""), await Doors.Find(second).ApproachAsync(server, "nobody", ""));
        for (var i = 0; i < AddressDelay.Free; i++)
            Assert.DoesNotContain("Too many", (await here("wrong")).Words, StringComparison.Ordinal);

        // The first delays are so short that a slow machine outlives them; each further guess doubles the next.
        Knock answer;
        do
            answer = await there("wrong");
        while (!answer.Words.Contains("Too many attempts from your address", StringComparison.Ordinal));

        Assert.False(answer.IsIn);
    }

    /// <summary>The real one, with a look at how many are at it.</summary>
    private sealed class CountingHasher : PasswordHasher<Account>
    {
        private readonly Lock _gate = new();
        private int _now;

        public int MostAtOnce { get; private set; }

        public override PasswordVerificationResult VerifyHashedPassword(Account user, string hashedPassword, string providedPassword)
        {
            lock (_gate)
                MostAtOnce = Math.Max(MostAtOnce, ++_now);
            try
            {
                return base.VerifyHashedPassword(user, hashedPassword, providedPassword);
            }
            finally
            {
                lock (_gate)
                    _now--;
            }
        }
    }
}
