namespace XoBlazor.Core.Consoles.Rfb;

/// <summary>What a host says of its screen when it is opened (RFC 6143 §7.3.2), as far as it is believed. Its pixels' format is replaced by ours, its name is the VM's.</summary>
internal readonly record struct RfbServerInit(RfbSize Size);
