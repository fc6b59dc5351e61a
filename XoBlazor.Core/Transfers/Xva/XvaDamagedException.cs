namespace XoBlazor.Core.Transfers.Xva;

/// <summary>What passes as an XVA is not what a host wrote. The message says what of it, in words that follow "damaged:"; it names the disk where it is one's.</summary>
internal sealed class XvaDamagedException(string what) : Exception($"The export is damaged: {what}.");
