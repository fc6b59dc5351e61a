using System.Collections.Immutable;
using System.Text.Json.Nodes;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Patching;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Transfers;

namespace XoBlazor.Core.Operations.Updates;

/// <summary>The verbs of updates.</summary>
public sealed class UpdateOperations
{
    private static readonly Right s_install = new("patch.install", "Install updates", RightLevel.Administer);

    private readonly Lazy<IMissingUpdates> _missing;
    private readonly Lazy<UpdateInstallation> _installation;

    /// <param name="missing">Asked for when an operation runs: the catalogue of operations is made in places without pools, too.</param>
    /// <param name="installation">The same.</param>
    internal UpdateOperations(Lazy<IMissingUpdates> missing, Lazy<UpdateInstallation> installation)
    {
        (_missing, _installation) = (missing, installation);
        All = [Check, InstallOnHost, InstallOnPool, InstallFile];
    }

    public ImmutableArray<Operation> All { get; }

    private OperationOn<Host> Check => new("host.check_updates", Right.View, CheckAsync)
    {
        Title = "Look for updates",
        Progressive = "Looking for updates",
        Description = "Finds out which updates the host lacks.",
        Unless = Down,
    };

    private OperationOn<Host> InstallOnHost => new("host.install_updates", s_install, (work, host) => _installation.Value.OnHostAsync(work, host, static _ => { }))
    {
        Title = "Install updates",
        Progressive = "Installing updates",
        Description = "Installs all updates that the host lacks, without a reboot.",
        Consequence = "Services of the host may restart; VMs run on. Some updates work only once the host is rebooted.",
        Confirmation = Confirmation.Ask,
        Group = OperationGroup.Change,
        SuitsMany = false,
        For = host => HostGenerations.Of(host).IsPerHost(),
        Unless = (pool, host) => UpdateInstallation.Obstacle(pool, [host]),
    };

    private OperationOn<Pool> InstallOnPool => new("pool.install_updates", s_install, (work, _) => _installation.Value.OnPoolAsync(work, static _ => { }))
    {
        Title = "Install updates",
        Progressive = "Installing updates",
        Description = "Installs all updates that the hosts of the pool lack, the coordinator first, without reboots.",
        IsCancellable = true,
        Consequence = "Services of the hosts may restart; VMs run on. Some updates work only once a host is rebooted.",
        Confirmation = Confirmation.Ask,
        Group = OperationGroup.Change,
        SuitsMany = false,
        Unless = (pool, _) => UpdateInstallation.Hosts(pool, OperationArguments.None) is var hosts && UpdateInstallation.IsPoolWide(hosts) ? UpdateInstallation.Obstacle(pool, hosts) : null,
        UnlessWith = (pool, _, given) => UpdateInstallation.Obstacle(pool, given),
        Parameters =
        [
            OperationParameter.List("hosts", "Hosts", OperationParameter.Object<Host>("host", "Host", s_install)) with
            {
                IsAdvanced = true, Description = "Only these; all hosts of the pool when none is named. Where an update goes to all hosts at once, all are needed.",
            },
            OperationParameter.List("updates", "Updates", OperationParameter.Text("uuid", "Update")) with
            {
                IsAdvanced = true, Description = "Only these, by uuid, with what they require; all that is missing when none is named. For XenServer up to 8.2.",
            },
        ],
    };

    private OperationOn<Pool> InstallFile => new("pool.install_update_file", s_install, (work, _) => _installation.Value.FromFileAsync(work))
    {
        ForIn = (pool, _) => UpdateInstallation.IsPoolWide(UpdateInstallation.Hosts(pool, OperationArguments.None)),
        Title = "Install from a file",
        Progressive = "Installing an update",
        Description = "Installs the update that is sent, on all hosts of the pool, without reboots: its zip as the maker gives it out, or the .iso or .xsupdate in it.",
        Consequence = "The hosts say whether it is for them. Services of theirs may restart; VMs run on. Some updates work only once a host is rebooted.",
        Bytes = TransferDirection.In,
        IsCancellable = true,
        Group = OperationGroup.Make,
        SuitsMany = false,
        Unless = (pool, _) => UpdateInstallation.Hosts(pool, OperationArguments.None) is var hosts && UpdateInstallation.IsPoolWide(hosts) ? UpdateInstallation.Obstacle(pool, hosts)
            : $"The hosts of {pool.Name()} fetch their updates themselves.",
    };

    private async Task CheckAsync(OperationWork work, Host host)
    {
        var lacks = await _missing.Value.LookAsync(work.Pool.Key(host), TimeSpan.Zero, work.Token);
        if (lacks.Problem is { } problem)
            throw new OperationFailedException(problem);
        if (lacks.Warning is { } warning)
            work.Note(warning);
        var count = lacks.Missing.Length;
        work.Tell(new JsonArray([.. lacks.Missing.Select(update => (JsonNode)new JsonObject { ["id"] = update.Id, ["name"] = update.Name, ["version"] = update.Version })]),
            count == 0 ? $"{work.Pool.NameOf(host)} is up to date." : $"{work.Pool.NameOf(host)} lacks {count} {(count == 1 ? "update" : "updates")}.");
    }

    private static string? Down(PoolPicture pool, Host host) => pool.IsHostLive(host) ? null : $"{pool.NameOf(host)} is down.";
}
