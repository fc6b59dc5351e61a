namespace XoBlazor.App.Administration;

/// <summary>A configuration for cloud-init that is kept for the VMs to come.</summary>
/// <param name="Template">Its text, with Xen Orchestra's placeholders (<c>{name}</c>, <c>{index}</c>), which clients fill in.</param>
/// <param name="IsNetwork">A network configuration, not user data.</param>
public sealed record CloudConfig(Guid Id, string Name, string Template, bool IsNetwork)
{
    /// <summary>A text for one VM: its name, and the 0 that Xen Orchestra counts VMs from that are made together. Without a name that place stays open.</summary>
    public static string Fill(string text, string vm) => (vm.Length > 0 ? text.Replace("{name}", vm, StringComparison.Ordinal) : text).Replace("{index}", "0", StringComparison.Ordinal);
}
