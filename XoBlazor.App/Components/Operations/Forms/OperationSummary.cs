using System.Globalization;
using XoBlazor.App.Components.Ui;
using XoBlazor.Core.Operations;

namespace XoBlazor.App.Components.Operations.Forms;

/// <summary>What a form amounts to, in a line that follows while it is filled in.</summary>
internal static class OperationSummary
{
    public static string Of(Operation operation, IReadOnlyList<FieldState> fields)
    {
        if (operation.Name != "vm.create")
            return "";
        var disks = Parts("existingDisks").Concat(Parts("VDIs")).ToList();
        var size = disks.Sum(disk => SizeText.Read($"{Part(disk, "size")?.Text} {Part(disk, "size")?.Unit}") ?? 0);
        var memory = fields.First(field => field.Parameter.Name == "memory");
        return string.Join(" · ", new[]
        {
            fields.First(field => field.Parameter.Name == "CPUs").Text is { Length: > 0 } cpus ? $"{cpus} vCPU" : null,
            memory.Text.Length > 0 ? $"{memory.Text} {memory.Unit}" : null,
            disks.Count == 0 ? null : $"{Count(disks.Count, "disk")}, {Format.Bytes(size)}",
            Parts("VIFs").Count is > 0 and var devices ? Count(devices, "network") : "no network",
            fields.Any(field => field.Parameter.Name == "cloudConfig" && field.Text.Length > 0) ? "cloud-init" : null,
        }.OfType<string>());

        List<FieldState> Parts(string name) => fields.FirstOrDefault(field => field.Parameter.Name == name)?.Parts ?? [];
    }

    private static FieldState? Part(FieldState record, string name) => record.Parts.Find(part => part.Parameter.Name == name);

    private static string Count(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");
}
