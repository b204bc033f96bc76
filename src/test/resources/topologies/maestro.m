// AlexNet in part; Y and X hold the padding
Constant Wide 384;

Network alexnet_part {
  Layer conv1 {
    Type: CONV
    Stride { X: 4, Y: 4 }
    Dimensions { K: 96, C: 3, R: 11, S: 11, Y: 227, X: 227 }
    Dataflow {
      SpatialMap(1,1) K;
      TemporalMap(64,64) C;
      Cluster(64, P);
      TemporalMap(Sz(R),Sz(R)) R;
    }
  }
  Layer conv3 { //one line
    Type: CONV
    Dimensions { K Wide,C 256 R: 3, S: 3, Y: 15, X: 15 }
  }
  Layer dw { Type: DSCONV Stride { X: 2, Y: 2 } Dimensions { K: 1, C: 32, R: 3, S: 3, Y: 114, X: 114 } }
  Layer grouped { Type: NGCONV Dimensions { G: 32, K: 4, C: 128, R: 3, S: 3, Y: 58, X: 58 } }
  Layer fc8 { Type: GEMM Dimensions { M: 1, N: 1000, K: 4096 } }
}
