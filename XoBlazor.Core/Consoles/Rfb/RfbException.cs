namespace XoBlazor.Core.Consoles.Rfb;

/// <summary>The other end does not speak RFB as it should; the message says how, for people. Its connection is of no use any more.</summary>
internal sealed class RfbException(string message) : Exception(message);
