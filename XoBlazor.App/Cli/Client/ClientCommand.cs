using System.Collections.Immutable;
using System.CommandLine;
using XoBlazor.App.Cli.Client.Catalogue;
using XoBlazor.App.Cli.Client.Connecting;
using XoBlazor.App.Cli.Client.Verbs;
using XoBlazor.Core.Model;

namespace XoBlazor.App.Cli.Client;

/// <summary><c>xo-blazor cli …</c>: every command for one server, those on objects made from its operations.</summary>
internal sealed class ClientCommand : Command
{
    public const string Verb = "cli";
    public const string Words = "Work with a server from here: 'xo-blazor cli --help' lists its commands";

    // Areas that have verbs and no objects of their own name.
    private static readonly ImmutableDictionary<string, string> s_types = Kinds.All.ToImmutableDictionary(one => one.Kind, one => one.Type);

    public ClientCommand(ClientShell shell, KnownServer? server, Func<Command> others)
        : base(Verb, "Work with a server: this one, or any other that speaks Xen Orchestra's API")
    {
        Add(shell.Server.Url);
        Add(shell.Server.Token);
        Add(shell.Server.Fingerprint);
        Add(new LoginCommand(shell));
        Add(new LogoutCommand(shell));
        Add(new WhoAmICommand(shell));
        Command[] rest =
        [
            new TransferCommand(shell), new CallCommand(shell), new WatchCommand(shell), new JournalCommand(shell), new StatsCommand(shell), new CompletionCommand(shell), new CompleteCommand(shell, this, others),
        ];
        // A plugin of the server may be called like one of these.
        foreach (var command in Areas(shell, server))
            if (Subcommands.Concat(rest).All(own => own.Name != command.Name))
                Add(command);
        foreach (var command in rest)
            Add(command);
    }

    private static IEnumerable<Command> Areas(ClientShell shell, KnownServer? server)
    {
        var verbs = shell.Verbs.Of(server).ToLookup(verb => verb.Area);
        foreach (var area in Kinds.All.Select(one => one.Kind).Union(verbs.Select(area => area.Key)))
        {
            var command = new Command(area, $"{(s_types.TryGetValue(area, out var type) ? Many(type) : area)}: list them, look at one{(verbs[area].Any() ? ", and what can be done with it" : "")}");
            if (type is not null)
            {
                command.Add(new ListCommand(shell, type));
                command.Add(new ShowCommand(shell, type));
            }
            foreach (var verb in verbs[area].Where(verb => command.Subcommands.All(own => own.Name != verb.Verb)))
                command.Add(verb.Bytes is null ? new OperationCommand(shell, verb) : verb.Bytes == "out" ? new FetchCommand(shell, verb) : new SendCommand(shell, verb));
            if (area == "vm" && verbs["sr"].FirstOrDefault(verb => verb.Name == "sr.import_vm") is { } import)
                command.Add(new SendCommand(shell, import, "import"));
            yield return command;
        }
    }

    private static string Many(string type) => type switch
    {
        "VDI" => "Disks",
        "VDI-snapshot" => "Snapshots of disks",
        "VDI-unmanaged" => "Disks that storage keeps for itself",
        "VM-controller" => "Control domains",
        "SR" => "Storage",
        "SM" => "Drivers of storage",
        "PIF" => "Interfaces of hosts",
        "VIF" => "Network devices of VMs",
        "VBD" => "Drives of VMs",
        "PBD" => "Hosts' ways to storage",
        "PCI" => "PCI devices of hosts",
        "PGPU" => "GPUs of hosts",
        "PUSB" => "USB devices of hosts",
        "VUSB" => "USB devices of VMs",
        "VTPM" => "TPMs of VMs",
        "vgpu" => "Virtual GPUs",
        "vgpuType" => "Kinds of virtual GPUs",
        "gpuGroup" => "Groups of GPUs",
        "USB_group" => "Groups of USB devices",
        "pool_patch" => "Patches of pools",
        "patch" => "Patches of hosts",
        _ => $"{SentenceText.Capital(Kinds.Named(type))}s",
    };
}
