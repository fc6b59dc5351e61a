using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using XoBlazor.Core.Patching;
using XoBlazor.Core.Store;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Tests.Patching.Rolling;

/// <summary>An update that all hosts of a simulated pool lack and get at once, and that asks some of them for a reboot. Lasts beyond restarts of the server.</summary>
internal sealed class UpdatesForAll : IMissingUpdates, IUpdateInstaller
{
    private bool _isInstalled;
    private int _calls;

    public event Action<ObjectKey>? Changed;

    /// <summary>The pool's, once it is there.</summary>
    public Database? Database { get; set; }

    /// <summary>Of the hosts that have to be rebooted for it.</summary>
    public ImmutableArray<string> Asked { get; set; } = [];

    /// <summary>What goes wrong; null for nothing.</summary>
    public string? Failure { get; set; }

    /// <summary>The installation waits for it.</summary>
    public TaskCompletionSource? Gate { get; set; }

    /// <summary>How often the installation was begun.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>How often it changed something.</summary>
    public int Installations { get; private set; }

    /// <summary>Hosts that were out of service when it changed something.</summary>
    public int OutOfService { get; private set; }

    public void Serve(IServiceCollection services) => services.AddSingleton<IMissingUpdates>(this).AddSingleton<IUpdateInstaller>(this);

    public HostUpdates? Last(ObjectKey host) => new(host, HostGeneration.UpdateImages, _isInstalled ? [] : [new() { Id = "update", Name = "XS82E001" }], DateTimeOffset.UnixEpoch, null);

    public Task<HostUpdates> LookAsync(ObjectKey host, TimeSpan age, CancellationToken token) => Task.FromResult(Last(host)!);

    public Task InstallOnHostAsync(ObjectKey host, Action<string> told, CancellationToken token) => throw new PatchingException("Not one by one.");

    public async Task InstallOnPoolAsync(string poolUuid, Action<string> told, CancellationToken token)
    {
        Interlocked.Increment(ref _calls);
        if (Gate is { } gate)
            await gate.Task.WaitAsync(token);
        if (Failure is { } failure)
            throw new PatchingException(failure);
        if (_isInstalled)
            return;
        Database!.Update(() =>
        {
            OutOfService = Database.All("host").Count(host => !host.Bool("enabled"));
            var update = Database.Create("pool_update", ("name_label", "XS82E001"));
            foreach (var host in Asked)
                Database.GetByUuid("host", host)["updates_requiring_reboot"] = XapiValue.SetOf(update.Ref);
        });
        (_isInstalled, Installations) = (true, Installations + 1);
        told("XS82E001 is installed");
        Changed?.Invoke(new(poolUuid, Asked[0]));
    }
}
