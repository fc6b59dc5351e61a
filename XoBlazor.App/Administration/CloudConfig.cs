namespace XoBlazor.App.Administration;

/// <summary>A configuration for cloud-init that is kept for the VMs to come.</summary>
/// <param name="Template">Its text, with Xen Orchestra's placeholders (<c>{name}</c>, <c>{index}</c>), which clients fill in.</param>
/// <param name="IsNetwork">A network configuration, not user data.</param>
public sealed record CloudConfig(Guid Id, string Name, string Template, bool IsNetwork);
