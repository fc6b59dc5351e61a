using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using XoBlazor.App.Accounts.Directories;
using XoBlazor.App.Accounts.Ldap;
using XoBlazor.App.Data;
using XoBlazor.Core.Access;
using XoBlazor.Tests.App.Accounts.Ldap.Support;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Accounts.DirectoryAccounts;

/// <summary>The clock that synchronises directories, in the whole server.</summary>
public sealed class DirectorySyncLoopTests : IAsyncLifetime
{
    // No other clock of the server has this pause.
    private static readonly TimeSpan s_every = TimeSpan.FromMinutes(17);

    private readonly Clock _time = new(s_every);
    private readonly Channel<DateTimeOffset> _rounds = Channel.CreateUnbounded<DateTimeOffset>();
    private readonly TestAuthority _authority = new();
    private readonly TestServer _server = new();
    private Requester _admin = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private DirectoryAdministration Administration => _server.Get<DirectoryAdministration>();

    public ValueTask InitializeAsync()
    {
        _server.With(_time).With("Directories:SyncEvery", s_every.ToString());
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _authority.Dispose();
    }

    [Fact]
    public async Task Clock_EachPause_SynchronisesOnce()
    {
        await using var slapd = await Slapd.StartAsync(_authority, ExampleDirectory.Small);
        await StartAsync();
        var begun = _time.GetUtcNow();
        var group = new DirectoryGroupMapping($"cn=staff,{ExampleDirectory.Groups}", new DirectoryGroupTarget.Role(Role.Viewer.Id));
        await Administration.SaveAsync(_admin, Directories.Of(slapd) with { Mappings = [group] }, Slapd.ReaderPassword, Token);
        using var alice = _server.Browser();
        await alice.SignInAsAsync("alice", ExampleDirectory.PasswordOf("alice"));

        _time.Advance(s_every - TimeSpan.FromTicks(1));
        _time.Advance(TimeSpan.FromTicks(1));
        var first = await RoundAsync();
        var before = await _server.AllowsEverywhereAsync("alice", Right.View);
        await slapd.ModifyAsync($"""
            dn: cn=staff,{ExampleDirectory.Groups}
            changetype: modify
            delete: member
            member: uid=alice,{ExampleDirectory.People}

            """);
        _time.Advance(s_every);
        var second = await RoundAsync();

        Assert.Equal([begun + s_every, begun + (2 * s_every)], [first, second]);
        Assert.Equal((true, false), (before, await _server.AllowsEverywhereAsync("alice", Right.View)));
    }

    [Fact]
    public async Task Clock_RoundThatCouldNotBeWritten_GoesOnWithTheNext()
    {
        var broken = new BrokenOnce();
        _server.With(services => services.ConfigureDbContext<AppDatabase>(options => options.AddInterceptors(broken)));
        await StartAsync();
        var begun = _time.GetUtcNow();
        await Administration.SaveAsync(_admin, DirectoryPreset.OpenLdap.Make(Guid.NewGuid(), "Example", "dc=example,dc=test", "ldaps://directory.example.test"), null, Token);

        _time.Advance(s_every);
        await broken.Broke.Task.WaitAsync(Patience.Limit, Token);
        _time.Advance(s_every);

        Assert.Equal(begun + (2 * s_every), await RoundAsync());
    }

    [Fact]
    public async Task Clock_ServerStopsInTheMiddleOfARound_Ends()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var silent = new ScriptedServer((stream, token) =>
        {
            asked.TrySetResult();
            return ScriptedServer.Silence(stream, token);
        });
        await StartAsync();
        var settings = DirectoryPreset.OpenLdap.Make(Guid.NewGuid(), "Example", "dc=example,dc=test", $"ldap://127.0.0.1:{silent.Port}") with { StartTls = false, AllowPlain = true };
        await Administration.SaveAsync(_admin, settings, null, Token);
        await _server.Get<XoBlazor.App.Accounts.Directories.DirectoryAccounts>().LinkAsync(
            settings.Source, new DirectoryAccount { DirectoryId = settings.Id, Id = "1", Dn = "uid=ada", Name = "ada", DisplayName = null, Mail = null, Groups = [] }, Token);
        var loop = _server.Services.GetServices<IHostedService>().OfType<DirectorySyncLoop>().Single();

        _time.Advance(s_every);
        await asked.Task.WaitAsync(Patience.Limit, Token);
        var wasRunning = !loop.ExecuteTask!.IsCompleted;
        await loop.StopAsync(Token);

        Assert.Equal((true, TaskStatus.RanToCompletion), (wasRunning, loop.ExecuteTask!.Status));
    }

    private async Task StartAsync()
    {
        _server.Browser().Dispose();
        _server.Get<DirectorySyncRunner>().Ended += _ => _rounds.Writer.TryWrite(_time.GetUtcNow());
        await _time.IsTicking.WaitAsync(Patience.Limit, Token);
        _admin = await _server.AdminAsync();
    }

    private async Task<DateTimeOffset> RoundAsync()
    {
        using var patience = Patience.Source();
        return await _rounds.Reader.ReadAsync(patience.Token);
    }

    /// <summary>Time that stands still, and tells when something waits for this pause.</summary>
    private sealed class Clock(TimeSpan pause) : FakeTimeProvider(System.GetUtcNow())
    {
        private readonly TaskCompletionSource _ticking = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task IsTicking => _ticking.Task;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            if (period == pause)
                _ticking.TrySetResult();
            return timer;
        }
    }

    /// <summary>A database that does not take the first report of a synchronisation.</summary>
    private sealed class BrokenOnce : SaveChangesInterceptor
    {
        public TaskCompletionSource Broke { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            var isReport = eventData.Context!.ChangeTracker.Entries<SettingEntry>().Any(entry => entry.Entity.Name.StartsWith("DirectorySync:", StringComparison.Ordinal));
            return isReport && Broke.TrySetResult() ? throw new DbUpdateException("The disk is full.") : new(result);
        }
    }
}
