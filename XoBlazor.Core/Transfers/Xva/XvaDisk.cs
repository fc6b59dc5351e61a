namespace XoBlazor.Core.Transfers.Xva;

/// <summary>A disk whose content is in an XVA.</summary>
/// <param name="Id">What it is called in there, such as <c>Ref:5</c>.</param>
/// <param name="Name">The disk's name in its pool, hostile until shown.</param>
/// <param name="Size">Its virtual size in bytes.</param>
/// <param name="Place">Its number in the VM (<c>userdevice</c>); null for the image of a suspended VM's memory.</param>
internal sealed record XvaDisk(string Id, string Name, long Size, string? Place);
