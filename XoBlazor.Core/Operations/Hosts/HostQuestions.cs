using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Operations.Hosts;

/// <summary>What hosts know of their own machine beyond the pool's database. XCP-ng's plugins tell it; a XenServer has none of them, and says so.</summary>
public static class HostQuestions
{
    // A host looks at every disk before it answers.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    private static readonly Right s_inspect = new("host.inspect", "Ask hosts about their hardware", RightLevel.Administer);

    public static Operation Disks { get; } = Question("host.check_disks", Right.View, "Check the disks", "Lists what the host's disks say of their health (SMART).", "smartctl.py", "health",
        answer => answer is JsonObject health && health.Count > 0 ? string.Join("; ", health.Select(disk => $"{disk.Key}: {disk.Value}")) : "The host has no disks that say anything.");

    public static Operation DiskDetails { get; } = Question("host.disk_details", Right.View, "Details of the disks", "Lists all that the host's disks tell of themselves (SMART).", "smartctl.py", "information", null);

    public static Operation Raid { get; } = Question("host.check_raid", Right.View, "Check the RAID", "Tells the state of the host's own software RAID.", "raid.py", "check_raid_pool", null);

    public static Operation BlockDevices { get; } = Question("host.list_block_devices", s_inspect, "List the block devices", "Lists the host's disks and partitions.", "lsblk.py", "list_block_devices", null);

    /// <summary>Two guests on one core can learn of each other.</summary>
    public static Operation HyperThreading { get; } = Question("host.check_hyperthreading", s_inspect, "Check hyper-threading", "Tells whether the host's processors run two threads on a core.", "hyperthreading.py", "get_hyperthreading",
        answer => answer.GetValueKind() == JsonValueKind.True ? "Hyper-threading is on." : "Hyper-threading is off.");

    public static ImmutableArray<Operation> All { get; } = [Disks, Raid, HyperThreading, DiskDetails, BlockDevices];

    private static OperationOn<Host> Question(string name, Right right, string title, string description, string plugin, string function, Func<JsonNode, string>? words) =>
        new(name, right, async (work, host) =>
        {
            var text = await work.Connection.CallTextAsync("host.call_plugin", [host.Ref, plugin, function, new Dictionary<string, string>()], work.Token, s_patience);
            var answer = Read(text) ?? throw new OperationFailedException($"{work.Pool.NameOf(host)} gave an answer that cannot be read.");
            work.Tell(answer, words?.Invoke(answer) ?? ForeignText.Shown(answer.ToJsonString()));
        })
        {
            Title = title,
            Progressive = "Asking the host",
            Description = description,
            SuitsMany = false,
            Unless = (pool, host) => pool.IsHostLive(host) ? null : $"{pool.NameOf(host)} is down.",
        };

    /// <summary>Plugins answer in JSON, and Python's True or False.</summary>
    private static JsonNode? Read(string text)
    {
        try
        {
            return JsonNode.Parse(text.Trim() switch { "True" => "true", "False" => "false", var json => json });
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
