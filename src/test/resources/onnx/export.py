"""Exports the networks of OnnxExportsTest with torch.onnx, weights left out.

Made with torch 1.13, torchvision 0.14 and onnx 1.12 (Debian 12: python3-torchvision, python3-onnx):

    python3 export.py [FOLDER]

Weights are random and are not kept: every initialiser of more than 64 numbers becomes external data
that is not there, as a large model's is. Small ones hold shapes, indices and scales and stay.
"""

import os
import sys
import tempfile

import onnx
import torch
import torchvision
from torch import nn

FOLDER = sys.argv[1] if len(sys.argv) > 1 else "."


def strip(tensor):
    count = 1
    for d in tensor.dims:
        count *= d
    if count <= 64:
        return
    size = {1: 4, 7: 8}[tensor.data_type] * count
    for field in ("raw_data", "float_data", "int64_data"):
        tensor.ClearField(field)
    tensor.data_location = onnx.TensorProto.EXTERNAL
    for key, value in (("location", "weights.bin"), ("length", str(size))):
        entry = tensor.external_data.add()
        entry.key, entry.value = key, value


def macs(module, inputs):
    """Multiply-accumulates of convolutions and linear modules, counted while they run."""
    total = 0

    def count(layer, given, result):
        nonlocal total
        inner = layer.weight[0].numel()
        transposed = isinstance(layer, nn.ConvTranspose2d)
        total += inner * (given[0] if transposed else result).numel()

    kinds = (nn.Conv1d, nn.Conv2d, nn.Conv3d, nn.ConvTranspose2d, nn.Linear)
    hooks = [m.register_forward_hook(count) for m in module.modules() if isinstance(m, kinds)]
    with torch.no_grad():
        module(*inputs)
    for hook in hooks:
        hook.remove()
    return total


def export(name, module, *inputs, **options):
    module.eval()
    counted = macs(module, inputs)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "model.onnx")
        torch.onnx.export(module, inputs, path, opset_version=options.pop("opset", 13), **options)
        model = onnx.load(path)
    for tensor in model.graph.initializer:
        strip(tensor)
    for node in model.graph.node:
        node.ClearField("doc_string")
        for attribute in node.attribute:
            if attribute.HasField("t"):
                strip(attribute.t)
    target = os.path.join(FOLDER, name + ".onnx")
    onnx.save(model, target)
    print(f"{name}: {len(model.graph.node)} nodes, {os.path.getsize(target)} bytes, {counted:,} MACs")


# as written for training: batch normalisation kept, nothing folded
RAW = dict(training=torch.onnx.TrainingMode.PRESERVE, do_constant_folding=False)


class SelfAttention(nn.Module):
    """BERT's, with the reshapes and the additive mask that its usual implementation has."""

    def __init__(self, width, heads):
        super().__init__()
        self.heads, self.size = heads, width // heads
        self.query, self.key, self.value = (nn.Linear(width, width) for _ in range(3))

    def split(self, x):
        return x.view(x.size()[:-1] + (self.heads, self.size)).permute(0, 2, 1, 3)

    def forward(self, x, mask):
        mixed = self.query(x)
        key, value = self.split(self.key(x)), self.split(self.value(x))
        scores = torch.matmul(self.split(mixed), key.transpose(-1, -2)) / self.size**0.5 + mask
        context = torch.matmul(nn.functional.softmax(scores, dim=-1), value)
        context = context.permute(0, 2, 1, 3).contiguous()
        return context.view(context.size()[:-2] + (self.heads * self.size,))


class BertLayer(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.self = SelfAttention(width, heads)
        self.output, self.norm1 = nn.Linear(width, width), nn.LayerNorm(width, eps=1e-12)
        self.mlp1, self.mlp2 = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-12)

    def forward(self, x, mask):
        x = self.norm1(self.output(self.self(x, mask)) + x)
        return self.norm2(self.mlp2(nn.functional.gelu(self.mlp1(x))) + x)


class Bert(nn.Module):
    def __init__(self, layers=12, width=768, heads=12, words=30522):
        super().__init__()
        self.words, self.types = nn.Embedding(words, width), nn.Embedding(2, width)
        self.positions = nn.Embedding(512, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.register_buffer("position_ids", torch.arange(512).expand((1, -1)))
        self.layers = nn.ModuleList(BertLayer(width, heads) for _ in range(layers))
        self.pooler = nn.Linear(width, width)

    def forward(self, ids, mask, types):
        mask = (1.0 - mask[:, None, None, :].float()) * torch.finfo(torch.float32).min
        x = self.words(ids) + self.types(types)
        x = self.norm(x + self.positions(self.position_ids[:, : ids.size(1)]))
        for layer in self.layers:
            x = layer(x, mask)
        return x, torch.tanh(self.pooler(x[:, 0]))


class ConvSilu(nn.Module):
    def __init__(self, inputs, outputs, kernel=1, stride=1):
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False)
        self.bn, self.act = nn.BatchNorm2d(outputs), nn.SiLU(inplace=True)

    def forward(self, x):
        return self.act(self.bn(self.conv(x)))


class C3(nn.Module):
    """Cross-stage partial block of one bottleneck."""

    def __init__(self, inputs, outputs, shortcut=True):
        super().__init__()
        half = outputs // 2
        self.cv1, self.cv2 = ConvSilu(inputs, half), ConvSilu(inputs, half)
        self.m1, self.m2 = ConvSilu(half, half), ConvSilu(half, half, 3)
        self.cv3, self.shortcut = ConvSilu(2 * half, outputs), shortcut

    def forward(self, x):
        y = self.cv1(x)
        z = self.m2(self.m1(y))
        return self.cv3(torch.cat((y + z if self.shortcut else z, self.cv2(x)), 1))


class Sppf(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.cv1, self.cv2 = ConvSilu(channels, channels // 2), ConvSilu(channels * 2, channels)
        self.m = nn.MaxPool2d(5, 1, 2)

    def forward(self, x):
        x = self.cv1(x)
        a = self.m(x)
        b = self.m(a)
        return self.cv2(torch.cat((x, a, b, self.m(b)), 1))


class Yolo(nn.Module):
    """A detector of YOLOv5's form and the width of its nano model: backbone, FPN, PAN, detection."""

    def __init__(self, classes=80):
        super().__init__()
        self.outputs = classes + 5
        self.stem = nn.Sequential(ConvSilu(3, 16, 6, 2), ConvSilu(16, 32, 3, 2), C3(32, 32))
        self.stem[0].conv.padding = (2, 2)
        self.p3 = nn.Sequential(ConvSilu(32, 64, 3, 2), C3(64, 64))
        self.p4 = nn.Sequential(ConvSilu(64, 128, 3, 2), C3(128, 128))
        self.p5 = nn.Sequential(ConvSilu(128, 256, 3, 2), C3(256, 256), Sppf(256))
        self.up = nn.Upsample(scale_factor=2, mode="nearest")
        self.lat5, self.top4 = ConvSilu(256, 128), C3(256, 128, False)
        self.lat4, self.top3 = ConvSilu(128, 64), C3(128, 64, False)
        self.down3, self.out4 = ConvSilu(64, 64, 3, 2), C3(128, 128, False)
        self.down4, self.out5 = ConvSilu(128, 128, 3, 2), C3(256, 256, False)
        self.detect = nn.ModuleList(nn.Conv2d(c, 3 * self.outputs, 1) for c in (64, 128, 256))
        self.register_buffer("anchors", torch.rand(3, 1, 3, 1, 1, 2))

    def forward(self, x):
        p3 = self.p3(self.stem(x))
        p4 = self.p4(p3)
        lat5 = self.lat5(self.p5(p4))
        lat4 = self.lat4(self.top4(torch.cat((self.up(lat5), p4), 1)))
        out3 = self.top3(torch.cat((self.up(lat4), p3), 1))
        out4 = self.out4(torch.cat((self.down3(out3), lat4), 1))
        out5 = self.out5(torch.cat((self.down4(out4), lat5), 1))
        boxes = []
        for i, y in enumerate((out3, out4, out5)):
            y = self.detect[i](y)
            n, _, h, w = y.shape
            y = y.view(n, 3, self.outputs, h, w).permute(0, 1, 3, 4, 2).contiguous()
            rows, columns = torch.meshgrid(torch.arange(h), torch.arange(w), indexing="ij")
            grid = torch.stack((columns, rows), 2)
            xy, wh, rest = y.sigmoid().split((2, 2, self.outputs - 4), 4)
            xy = (xy * 2 + grid.to(y) - 0.5) * 8 * 2**i
            y = torch.cat((xy, (wh * 2) ** 2 * self.anchors[i], rest), 4)
            boxes.append(y.view(n, -1, self.outputs))
        return torch.cat(boxes, 1)


class Unusual(nn.Module):
    """What the published networks do not have: 1-D, 3-D, transposed, dilated, padded, recurrent."""

    def __init__(self):
        super().__init__()
        self.one = nn.Conv1d(8, 12, 5, stride=2, padding=4, dilation=2, groups=4)
        self.up = nn.ConvTranspose2d(12, 6, 3, stride=2, padding=1, output_padding=1)
        self.up2 = nn.ConvTranspose2d(6, 4, 4, stride=2, padding=1, groups=2)
        self.three = nn.Conv3d(2, 10, (3, 3, 1), stride=(1, 2, 1), padding=(1, 1, 0))
        self.pool3 = nn.AvgPool3d(2)
        self.group = nn.GroupNorm(2, 4)
        self.lstm = nn.LSTM(8, 20, bidirectional=True, batch_first=True)

    def forward(self, x):
        y = self.one(x)
        n, c, t = y.shape
        y = self.group(self.up2(self.up(y.view(n, c, 4, t // 4))))
        y = nn.functional.max_pool2d(nn.functional.pad(y, (1, 1, 1, 1)), (3, 2), (2, 2))
        y = self.pool3(self.three(y.reshape(n, 2, 2, y.shape[2], y.shape[3])))
        y = y.flatten(1, 3)
        y, _ = self.lstm(torch.relu(y))
        return torch.einsum("nti,nsi->nts", y, y)


torch.manual_seed(1)
image = torch.zeros(1, 3, 224, 224)
models = torchvision.models
export("resnet18", models.resnet18(), image)
export("resnet18-raw", models.resnet18(), image, **RAW)
export("mobilenet_v2", models.mobilenet_v2(), image, input_names=["input"],
       dynamic_axes={"input": {0: "batch"}})
export("mobilenet_v2-raw", models.mobilenet_v2(), image, **RAW)
export("efficientnet_b0-raw", models.efficientnet_b0(), image, **RAW)
export("efficientnet_b0", models.efficientnet_b0(), image)
vit = models.vit_b_16().requires_grad_()
export("vit_b_16", vit, image, opset=17)
ids = torch.ones(1, 128, dtype=torch.int64)
export("bert-base", Bert(), ids, ids, ids, input_names=["input_ids", "attention_mask", "token_type_ids"],
       dynamic_axes={n: {0: "batch", 1: "sequence"} for n in
                     ("input_ids", "attention_mask", "token_type_ids")})
export("yolo", Yolo(), torch.zeros(1, 3, 640, 640))
export("unusual", Unusual(), torch.zeros(2, 8, 64))
