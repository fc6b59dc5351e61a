namespace XoBlazor.App.Api.JsonRpc;

/// <summary>A message was longer than it may be. The rest of it was not read: the connection cannot go on.</summary>
internal sealed class RpcTooBigException(int most) : Exception($"a message has at most {most} bytes");
