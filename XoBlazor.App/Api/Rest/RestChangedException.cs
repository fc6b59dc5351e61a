namespace XoBlazor.App.Api.Rest;

/// <summary>The object is not the one any more that the client has in mind (<c>If-Match</c>).</summary>
internal sealed class RestChangedException() : Exception("The object has changed since you read it. Read it again, then decide.");
