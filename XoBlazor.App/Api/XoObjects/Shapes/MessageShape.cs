using XoBlazor.Core.Model;

namespace XoBlazor.App.Api.XoObjects.Shapes;

internal static class MessageShape
{
    /// <summary>What it is about is named even when it is gone.</summary>
    public static void Write(XoShape shape, XapiMessage message)
    {
        shape.Json.WriteString("name"u8, message.Name);
        shape.Json.WriteString("body"u8, message.Body);
        shape.Time("time"u8, message.Timestamp);
        shape.Json.WriteString("$object"u8, message.ObjUuid);
    }
}
