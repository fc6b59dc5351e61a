using System.Globalization;
using System.Text.Json.Nodes;
using XoBlazor.App.Components.Operations.Forms;
using XoBlazor.App.Components.Settings;
using XoBlazor.App.Components.Ui;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.App.Components.Vms;

/// <summary>The parameters of a new VM in the order in which people think of them, and what they amount to.</summary>
internal static class NewVmSections
{
    public const string CloudInit = "Cloud-init";

    private static readonly (string Title, string[] Names)[] s_sections =
    [
        ("What it is", ["name_label", "name_description", "tags"]),
        ("CPU and memory", ["CPUs", "coresPerSocket", "memory"]),
        ("Disks", ["existingDisks", "VDIs"]),
        ("Networks", ["VIFs"]),
        ("Boot", ["installation", "bootAfterCreate"]),
        (CloudInit, ["cloudConfig", "networkConfig", "destroyCloudConfigVdiAfterBoot", "coreOs"]),
    ];

    public static IEnumerable<(string Title, IEnumerable<FieldState> Fields)> Of(OperationForm form) =>
        s_sections.Select(section => (section.Title, section.Names.Select(name => Field(form, name)).OfType<FieldState>()));

    /// <summary>What few people need.</summary>
    public static IEnumerable<FieldState> Rest(OperationForm form) => form.Fields.Where(field => !s_sections.Any(section => section.Names.Contains(field.Parameter.Name)));

    /// <summary>A template without network devices makes a VM on the network that the pool's coordinator is managed by, where that may be used.</summary>
    public static void AddDevice(OperationForm form, TemplateChoice chosen)
    {
        var pool = chosen.Pool.Picture!;
        if (Field(form, "VIFs") is { Parts.Count: 0, Parameter.Item.Fields: var fields } devices && fields.FirstOrDefault(one => one.Name == "network") is { } parameter
            && pool.All<Pif>().FirstOrDefault(one => one.Management && pool.Get(one.Host) is { } host && pool.IsCoordinator(host)) is { } managed
            && pool.Get(managed.Network) is { } network && form.Candidates(parameter).Any(one => one.Id == network.Uuid && one.Reason is null))
            devices.Add(new JsonObject { ["network"] = network.Uuid });
    }

    public static FieldState? Field(OperationForm form, string name) => form.Fields.FirstOrDefault(field => field.Parameter.Name == name);

    public static string Name(OperationForm form) => Field(form, "name_label")?.Text ?? "";

    /// <summary>Follows while the form is filled in.</summary>
    public static IEnumerable<(string Term, string Text)> Summary(OperationForm form)
    {
        if (Field(form, "CPUs")?.Text is { Length: > 0 } cpus)
            yield return ("vCPUs", cpus);
        if (Field(form, "memory") is { Text.Length: > 0 } memory)
            yield return ("Memory", $"{memory.Text} {memory.Unit}");
        var disks = Parts(form, "existingDisks").Concat(Parts(form, "VDIs")).ToList();
        yield return ("Disks", disks.Count == 0 ? "none" : $"{Words.Count(disks.Count, "disk")}, {Format.Bytes(disks.Sum(Size))}");
        yield return ("Networks", Words.Count(Parts(form, "VIFs").Count, "device"));
        if (Field(form, "cloudConfig") is { Text.Length: > 0 })
            yield return ("Cloud-init", "yes");
        yield return ("Started", Field(form, "bootAfterCreate") is { Flag: true } ? "as soon as it is made" : "no");
    }

    private static long Size(FieldState disk) =>
        disk.Parts.Find(part => part.Parameter.Kind == ParameterKind.Size) is { } size ? SizeText.Read(string.Create(CultureInfo.InvariantCulture, $"{size.Text} {size.Unit}")) ?? 0 : 0;

    private static List<FieldState> Parts(OperationForm form, string name) => Field(form, name)?.Parts ?? [];
}
