namespace XoBlazor.Core.Xapi;

/// <summary>The connection was closed on our side while the call was under way: the pool was removed or the server stops.</summary>
public sealed class XapiConnectionClosedException() : XapiException("The connection to the pool was closed by us.");
